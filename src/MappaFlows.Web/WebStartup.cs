using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web;

/// <summary>
/// The web part of the product as both hosts wire it: pages, API, and who may come in. A host brings the ways to sign in.
/// </summary>
public static class WebStartup
{
    /// <summary>The services of pages and API. The host adds its authentication schemes.</summary>
    public static IMvcBuilder AddMappaFlowsWeb(this IServiceCollection services, Action<WebOptions>? configure = null)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IPersonDisplay, DirectoryPersonDisplay>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<FreshSignIn>();
        services.AddSingleton<FormTickets>();
        services.AddSingleton<FormKeeper>();
        services.AddSingleton<FormRestorer>();
        services.Configure<MvcOptions>(mvc => mvc.Filters.AddService<FormRestorer>());

        // Everything asks for a sign-in unless it says that it does not.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        var cases = WebFeatures.Create();
        services.AddSingleton(cases);
        services.AddSingleton<IEmailRoutes>(cases);
        services.AddSingleton(provider => new CaseDocuments(cases.Parts, provider.GetRequiredService<TimeProvider>()));
        services.AddMappaFlowsApi();
        return services.AddMappaFlowsPages(shell =>
        {
            shell.Navigation.Add(new("Start", Routes.Home));
            shell.Navigation.Add(new("Referrals", Routes.Referrals, Visible(Permissions.MayRefer)));
            shell.Navigation.Add(new("Caseload", Routes.Caseload, Visible(Permissions.MayListCaseload)));
            shell.Navigation.Add(new("Area", Routes.Area, Visible(Permissions.MaySeeAggregates)));
            shell.Navigation.Add(new("Operations", Routes.Operations, Visible(Permissions.MayOperate)));
            configure?.Invoke(shell);
        });
    }

    /// <summary>The pipeline from the shell to the endpoints.</summary>
    /// <param name="endpoints">Endpoints of the host's own.</param>
    public static IApplicationBuilder UseMappaFlowsWeb(this IApplicationBuilder app, Action<IEndpointRouteBuilder>? endpoints = null)
    {
        app.UseMappaFlowsPages();
        app.UseMappaFlowsApi();
        app.UseCrossSiteGuard(Routes.Api);
        app.UseCrossSiteGuard(Routes.Development);
        app.UseFormKeeper();
        app.UseAuthentication();
        app.UseCurrentPerson();
        app.UseRateLimiter();
        app.UseFormOwners();
        app.UseAuthorization();
        app.UseEndpoints(routes =>
        {
            routes.MapRazorPages();
            app.ApplicationServices.GetRequiredService<CaseWeb>().MapEndpoints(new(routes.MapMappaFlowsApi()));
            endpoints?.Invoke(routes);
        });
        return app;
    }

    private static Func<ClaimsPrincipal, bool> Visible(Func<Person, bool> right) =>
        user => user.FindPerson() is { } person && right(person);
}
