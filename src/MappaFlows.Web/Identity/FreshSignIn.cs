using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MappaFlows.Web.Identity;

/// <summary>
/// Whether a person proved recently enough who they are to decide on a disclosure. Someone who finds a signed-in computer may read, but not
/// decide in the Chair's name. Judged by real time, as sign-ins are, not by the product's clock.
/// </summary>
public sealed class FreshSignIn(IOptions<FreshSignInOptions> options)
{
    /// <summary>Set on a challenge to ask for a new sign-in although there is one already.</summary>
    public const string Asked = "fresh";

    /// <summary>The message for a person who has to sign in again.</summary>
    public const string Message = "Sign in again, then record your decision. Nothing that you wrote is lost";

    /// <summary>How far ahead of ours the clock may be that the sign-in was timed by.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>How old a sign-in may be, in minutes; null where any will do.</summary>
    public int? Minutes => (int?)options.Value.Within?.TotalMinutes;

    /// <summary>Whether this sign-in will do. Not knowing how old it is, is no.</summary>
    public bool IsFresh(ClaimsPrincipal user) =>
        options.Value.Within is not { } within
        || (SignedInAt(user) is { } at && IsWithin(at, TimeProvider.System.GetUtcNow(), within));

    /// <summary>Asks for a new sign-in that leads to this path of the site afterwards.</summary>
    public static AuthenticationProperties Ask(string then) => new(new Dictionary<string, string?> { [Asked] = "" }) { RedirectUri = then };

    internal static bool IsWithin(DateTimeOffset at, DateTimeOffset now, TimeSpan within) => at <= now + ClocksDiffer && now - at <= within;

    private static DateTimeOffset? SignedInAt(ClaimsPrincipal user) =>
        long.TryParse(
            user.FindFirst(CurrentPerson.SignedInAtClaim)?.Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

/// <summary>How recent the sign-in before a decision must be.</summary>
public sealed class FreshSignInOptions
{
    /// <summary>How old it may be. Null, where people do not prove who they are: on one machine, where they choose who to be.</summary>
    public TimeSpan? Within { get; set; }
}
