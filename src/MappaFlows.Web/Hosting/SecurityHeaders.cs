using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Web.Hosting;

/// <summary>
/// Headers that every answer carries. Scripts and styles come from our own files only, no site frames us, no address leaks to another
/// site, and nothing is kept by a cache unless the answer itself says so: nearly every page holds personal data.
/// </summary>
internal static class SecurityHeaders
{
    private const string OneYear = "max-age=31536000";

    public static void UseMappaSecurityHeaders(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value;
        app.UseSecurityHeaders(Policy(options.FormTargets));
        app.Use((context, next) =>
        {
            // When the answer starts, because an exception clears every header set before it.
            context.Response.OnStarting(() =>
            {
                if (!context.Response.Headers.ContainsKey(HeaderNames.CacheControl)) context.Response.Headers.CacheControl = "no-store";

                // Never for localhost: browsers would then ask every other program there for https too, for a year.
                if (context.Request.IsHttps && !context.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
                    context.Response.Headers.StrictTransportSecurity = OneYear;
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <param name="formTargets">Other sites to which a form of ours may lead, such as the one that signs people in.</param>
    private static HeaderPolicyCollection Policy(IEnumerable<string> formTargets) => new HeaderPolicyCollection()
        .AddContentSecurityPolicy(content =>
        {
            content.AddDefaultSrc().None();
            content.AddScriptSrc().Self();
            content.AddStyleSrc().Self();
            content.AddImgSrc().Self();
            content.AddFontSrc().Self();
            content.AddConnectSrc().Self();
            content.AddFormAction().Self().From(formTargets);
            content.AddBaseUri().None();
            content.AddFrameAncestors().None();
        })
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicyNoReferrer()
        .AddPermissionsPolicy(permissions =>
        {
            permissions.AddCamera().None();
            permissions.AddGeolocation().None();
            permissions.AddMicrophone().None();
        })
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddCustomHeader("X-Robots-Tag", "noindex, nofollow");
}
