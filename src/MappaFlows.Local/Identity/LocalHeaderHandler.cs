using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MappaFlows.Local.Identity;

/// <summary>Believes <see cref="LocalSignIn.PersonHeader"/>, in Development and from this machine alone.</summary>
internal sealed class LocalHeaderHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IPeopleDirectory people) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>What a program is to send.</summary>
    public const string Challenge = LocalSignIn.PersonHeader;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!OwnMachine.IsAsking(Context)) return AuthenticateResult.Fail("The header is for Development on this machine.");
        var id = Request.Headers[LocalSignIn.PersonHeader].ToString();
        if (await people.FindAsync(id, Context.RequestAborted) is null) return AuthenticateResult.Fail("There is no such person.");
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(CurrentPerson.IdClaim, id)], Scheme.Name));
        return AuthenticateResult.Success(new(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = Challenge;
        return Task.CompletedTask;
    }
}
