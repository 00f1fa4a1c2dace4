using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Local.Identity;

/// <summary>
/// Signing in on one machine: by choosing a person on a page (kept in a cookie), or for tools by a header. Neither is believed but in
/// Development and from this machine, even with a session from before.
/// </summary>
public static class LocalSignIn
{
    /// <summary>Names the person of a request, for tools and tests.</summary>
    public const string PersonHeader = "X-Local-Person";

    private const string CookieScheme = "LocalCookie";
    private const string HeaderScheme = "LocalHeader";
    private const string EitherScheme = "Local";
    private static readonly TimeSpan SessionLasts = TimeSpan.FromHours(8);

    public static IServiceCollection AddLocalSignIn(this IServiceCollection services)
    {
        services
            .AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, displayName: null, scheme =>
                scheme.ForwardDefaultSelector = context => context.Request.Headers.ContainsKey(PersonHeader) ? HeaderScheme : CookieScheme)
            .AddScheme<AuthenticationSchemeOptions, LocalHeaderHandler>(HeaderScheme, configureOptions: null)
            .AddCookie(CookieScheme, Configure);
        return services;
    }

    /// <summary>Signs the browser in as this person.</summary>
    public static Task SignInAsync(HttpContext context, string personId) =>
        context.SignInAsync(CookieScheme, new(new ClaimsIdentity([new(CurrentPerson.IdClaim, personId)], CookieScheme)));

    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(CookieScheme);

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        // A session lasts as long as people do, not as long as the time machine says.
        cookie.TimeProvider = TimeProvider.System;
        cookie.ExpireTimeSpan = SessionLasts;
        cookie.SlidingExpiration = true;
        cookie.Cookie.Name = "mappaflows-local";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnRedirectToLogin = context => RedirectPagesOnly(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (!OwnMachine.IsAsking(context.HttpContext)) context.RejectPrincipal();
            return Task.CompletedTask;
        };
    }

    /// <summary>A person is sent to the sign-in page; a program gets 401.</summary>
    private static Task RedirectPagesOnly(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = status;
            context.Response.Headers[HeaderNames.WWWAuthenticate] = LocalHeaderHandler.Challenge;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
