using MappaFlows.Web;
using MappaFlows.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Functions.Identity;

/// <summary>Signing in by the platform's authentication, for a host that runs behind it.</summary>
public static class EasyAuthSignIn
{
    /// <summary>Where a person is sent to sign in.</summary>
    public const string SignInPath = "/.auth/login/aad";

    /// <summary>Where the sign-out form posts to.</summary>
    public const string SignOutPath = Routes.SignOut;

    /// <summary>Who the sign-in page of Entra ID is, for the policy on what a form may lead to.</summary>
    public const string Provider = "https://login.microsoftonline.com";

    /// <summary>How old a sign-in may be when its person decides on a disclosure.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(15);

    /// <summary>Believes the platform's sign-in, keeps the directory as it says, and asks for a fresh one before a decision.</summary>
    public static IServiceCollection AddEasyAuth(this IServiceCollection services)
    {
        services
            .AddAuthentication(EasyAuthHandler.SchemeName)
            .AddScheme<EasyAuthOptions, EasyAuthHandler>(EasyAuthHandler.SchemeName, configureOptions: null);
        services.AddSingleton<IClaimsTransformation, DirectoryEnrolment>();
        services.Configure<FreshSignInOptions>(options => options.Within = FreshFor);
        return services;
    }

    /// <summary>The sign-out form leads to the platform's own page, which ends its session.</summary>
    public static void MapEasyAuth(this IEndpointRouteBuilder routes) => routes
        .MapPost(SignOutPath, () => Results.Redirect("/.auth/logout?post_logout_redirect_uri=%2F"))
        .AllowAnonymous()
        .ExcludeFromDescription();
}
