using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using MappaFlows.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Identity;

/// <summary>
/// Signs in the person whom the platform's authentication has signed in, and sends those whom it has not to its sign-in page.
/// </summary>
public sealed class EasyAuthHandler(IOptionsMonitor<EasyAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<EasyAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "EasyAuth";

    /// <summary>
    /// One claim for each grant, as <see cref="RoleGrant"/> writes it. The plain role is a <see cref="ClaimTypes.Role"/> beside it.
    /// </summary>
    public const string GrantClaim = "grant";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Options.PlatformIsOn || EasyAuthPrincipal.Parse(Request.Headers[EasyAuthPrincipal.Header], Options.Roles) is not { } person)
            return Task.FromResult(AuthenticateResult.NoResult());

        var identity = new ClaimsIdentity(Claims(person), SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Only a path of this site: an address that came with the request could lead anywhere.
        var back = properties.RedirectUri is { } wanted && IsLocal(wanted) ? wanted : Request.PathBase + Request.Path + Request.QueryString;
        var signIn = EasyAuthSignIn.SignInPath + "?post_login_redirect_uri=" + Uri.EscapeDataString(back);

        // The platform shows its sign-in page again only to a person it has signed out; and the identity provider is asked not to be
        // content with a session of its own.
        Response.Redirect(properties.Items.ContainsKey(FreshSignIn.Asked)
            ? "/.auth/logout?post_logout_redirect_uri=" + Uri.EscapeDataString(signIn + "&prompt=login")
            : signIn);
        return Task.CompletedTask;
    }

    private static IEnumerable<Claim> Claims(EasyAuthPrincipal person)
    {
        yield return new Claim(ClaimTypes.NameIdentifier, person.Id);
        yield return new Claim(ClaimTypes.Name, person.Name);
        if (person.Email is not null)
            yield return new Claim(ClaimTypes.Email, person.Email);
        if (person.SignedInAt is { } at)
            yield return new Claim(CurrentPerson.SignedInAtClaim, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (var role in person.Grants.Select(grant => grant.Role).Distinct())
            yield return new Claim(ClaimTypes.Role, role);
        foreach (var grant in person.Grants)
            yield return new Claim(GrantClaim, grant.ToString());
    }

    private static bool IsLocal(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal);
}
