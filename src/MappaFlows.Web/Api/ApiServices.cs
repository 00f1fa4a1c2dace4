using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Api;

/// <summary>Wires the JSON API.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddMappaFlowsApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddRateLimiter(_ => { });
        return services;
    }

    public static IApplicationBuilder UseMappaFlowsApi(this IApplicationBuilder app) => app;

    public static IEndpointRouteBuilder MapMappaFlowsApi(this IEndpointRouteBuilder routes) => routes;
}
