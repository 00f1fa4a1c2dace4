using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Identity;

/// <summary>
/// Refuses what another site makes a browser send to the API in the name of the person who is signed in. Browsers say where such a
/// request comes from, and no script can make them lie; programs other than browsers say nothing, and hold no cookie of ours.
/// Pages have antiforgery tokens instead.
/// </summary>
public static class CrossSiteGuard
{
    /// <summary>Answers 403 to unsafe requests below <paramref name="path"/> that come from another site.</summary>
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app, string path) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(path) || IsSafe(context.Request.Method) || IsOwn(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
