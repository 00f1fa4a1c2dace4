using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>A sign-in by headers that say who it is and when they proved it, as a host's own sign-in does.</summary>
internal static class TimedSignIn
{
    private const string Scheme = "Timed";
    private const string PersonHeader = "X-Test-Person";
    private const string TimeHeader = "X-Test-Signed-In-At";

    public static IServiceCollection AddTimedSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, Handler>(Scheme, configureOptions: null);
        return services;
    }

    /// <param name="before">How long ago the person proved who they are; null where the sign-in does not say.</param>
    public static void SignIn(this Browser browser, Person person, TimeSpan? before)
    {
        var headers = browser.Client.DefaultRequestHeaders;
        headers.Remove(PersonHeader);
        headers.Remove(TimeHeader);
        headers.Add(PersonHeader, person.Id);
        if (before is { } ago)
            headers.Add(TimeHeader, (DateTimeOffset.UtcNow - ago).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where a challenge leads.</summary>
    /// <param name="isFresh">Whether a new sign-in is asked for although there is one.</param>
    public static string Challenge(string then, bool isFresh) => $"/test-sign-in?fresh={isFresh}&then={Uri.EscapeDataString(then)}";

    private sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[PersonHeader] is not [{ } id]) return Task.FromResult(AuthenticateResult.NoResult());
            List<Claim> claims = [new(CurrentPerson.IdClaim, id)];
            if (Request.Headers[TimeHeader] is [{ } at]) claims.Add(new(CurrentPerson.SignedInAtClaim, at));
            return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name)));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Redirect(Challenge(properties.RedirectUri ?? Request.Path, properties.Items.ContainsKey(FreshSignIn.Asked)));
            return Task.CompletedTask;
        }
    }
}
