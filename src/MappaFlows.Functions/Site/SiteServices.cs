using MappaFlows.Functions.Identity;
using MappaFlows.Web;
using MappaFlows.Web.Api;
using MappaFlows.Web.Hosting;
using MappaFlows.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Site;

internal static class SiteServices
{
    /// <summary>Pages and API, signed in to by the platform's authentication, with the keys of their forms in the store.</summary>
    /// <param name="isBehindHttps">Whether people reach the site over https, whatever the worker sees.</param>
    /// <param name="trustedProxies">How many proxies before us write down who they heard from. The platform's own is one.</param>
    public static IServiceCollection AddSite(this IServiceCollection services, bool isBehindHttps = false, int trustedProxies = 0)
    {
        services.PostConfigure<ApiOptions>(api => api.TrustedProxies = trustedProxies);
        services.AddMappaFlowsWeb(shell =>
        {
            shell.IsBehindHttps = isBehindHttps;
            shell.SignInPath = EasyAuthSignIn.SignInPath;
            shell.SignOutPath = EasyAuthSignIn.SignOutPath;
            shell.FormTargets.Add(EasyAuthSignIn.Provider);
        });
        services.AddEasyAuth();
        services.AddTableKeyRing("MappaFlows.Functions");
        services.AddStoreHealth();
        services.AddLogging(QuietAboutRequests);
        return services.AddSingleton(provider => new InnerPipeline(provider, app => app.UseMappaFlowsWeb(routes =>
        {
            routes.MapEasyAuth();
            routes.MapHealth();
        })));
    }

    /// <summary>
    /// What ASP.NET Core says of each request quotes its address, and the address of a decision has the token of its link in the query. The
    /// last rule stands for the one category that quotes it, so that no setting made in a hurry brings it back.
    /// </summary>
    private static void QuietAboutRequests(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A line for everyone who comes without having signed in.
        logging.AddFilter(typeof(EasyAuthHandler).FullName, LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
