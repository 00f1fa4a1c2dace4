using System.Globalization;
using System.Threading.RateLimiting;
using MappaFlows.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Api;

/// <summary>Wires the JSON API: its JSON, its problems, its limits and its description.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddMappaFlowsApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(LimitOf);
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
        services.AddOpenApi("v1", ApiDescription.Configure);
        return services;
    }

    /// <summary>Problem details for every failure below <c>/api</c>.</summary>
    public static IApplicationBuilder UseMappaFlowsApi(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Routes.Api),
        api =>
        {
            api.UseStatusCodePages(context => ApiProblem.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = context => ApiProblem.WriteAsync(context, context.Response.StatusCode),
                StatusCodeSelector = exception => exception switch
                {
                    BadHttpRequestException bad => bad.StatusCode,
                    TableUnavailableException => StatusCodes.Status503ServiceUnavailable,
                    _ => StatusCodes.Status500InternalServerError,
                },
            });
        });

    /// <summary>Maps what every case has; the features add their commands to the group.</summary>
    public static RouteGroupBuilder MapMappaFlowsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Routes.ApiDescription).AllowAnonymous();
        var api = routes.MapGroup(Routes.ApiV1);
        CaseEndpoints.Map(api);
        return api;
    }

    private static RateLimitPartition<string> LimitOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Routes.Api) || context.FindPerson() is not { } person)
            return RateLimitPartition.GetNoLimiter("");
        var perMinute = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value.RequestsPerMinute;
        return RateLimitPartition.GetFixedWindowLimiter(
            person.Id,
            _ => new() { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });
    }
}
