using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
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
        services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .Validate(api => api.RequestsPerMinute > 0, $"{ApiOptions.Section}:RequestsPerMinute must be at least 1.")
            .Validate(api => api.PageRequestsPerMinute > 0, $"{ApiOptions.Section}:PageRequestsPerMinute must be at least 1.")
            .Validate(api => api.MaxBodyBytes is > 0 and <= 100_000_000, $"{ApiOptions.Section}:MaxBodyBytes must be 1 to 100,000,000.")
            .ValidateOnStart();
        services.AddSingleton<RefusedRequests>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(LimitOf);
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                rejected.HttpContext.RequestServices.GetRequiredService<RefusedRequests>().Count(rejected.HttpContext);
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
                ExceptionHandler = context =>
                {
                    Failures.SayWhenToTryAgain(context);
                    return context.Features.Get<IExceptionHandlerFeature>()?.Error is BrokenRecordException
                        ? ApiProblem.Of(StatusCodes.Status409Conflict, Failures.BrokenRecord).ExecuteAsync(context)
                        : ApiProblem.WriteAsync(context, context.Response.StatusCode);
                },
                StatusCodeSelector = Failures.StatusOf,
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

    /// <summary>
    /// The address that someone comes from. Behind proxies that is the one which the first of them wrote down; without it all who have not
    /// signed in would share one limit.
    /// </summary>
    internal static string AddressOf(HttpContext context, int trustedProxies)
    {
        var forwarded = context.Request.Headers["X-Forwarded-For"].SelectMany(value => (value ?? "").Split(',')).ToList();
        var entry = trustedProxies > 0 && forwarded.Count >= trustedProxies ? forwarded[^trustedProxies].Trim() : "";

        // Azure's own proxy writes the port too.
        return IPEndPoint.TryParse(entry, out var from)
            ? from.Address.ToString()
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
    }

    /// <summary>
    /// One limit for what a person asks of the API and one for the pages they open; those who have not signed in have one for each address
    /// that they come from. The page that says so, and what watches over the product, are not counted.
    /// </summary>
    private static RateLimitPartition<string> LimitOf(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Routes.Health)
            || path.StartsWithSegments(Routes.Alive)
            || context.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var options = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        var isApi = path.StartsWithSegments(Routes.Api);
        var who = context.FindPerson()?.Id ?? $"from {AddressOf(context, options.TrustedProxies)}";
        return RateLimitPartition.GetFixedWindowLimiter(
            $"{(isApi ? "api" : "page")} {who}",
            _ => new()
            {
                PermitLimit = isApi ? options.RequestsPerMinute : options.PageRequestsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            });
    }
}
