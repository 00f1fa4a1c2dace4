using System.Security.Claims;

namespace MappaFlows.Web.Hosting;

/// <summary>What the header says of the person who is signed in.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Role">Their role in words, for example "Coordinator".</param>
/// <param name="Area">Their area, or null where they have none.</param>
public sealed record SignedInPerson(string Name, string? Role = null, string? Area = null);

/// <summary>Reads from the request's principal what the header shows. A host may replace it.</summary>
public interface IPersonDisplay
{
    /// <summary>The person, or null where no one is signed in.</summary>
    SignedInPerson? Of(ClaimsPrincipal user);
}

/// <summary>Name and role from their usual claims, and the area from a claim of type <see cref="AreaClaim"/>.</summary>
public sealed class ClaimsPersonDisplay : IPersonDisplay
{
    /// <summary>The claim type that carries an area's name.</summary>
    public const string AreaClaim = "area";

    /// <inheritdoc />
    public SignedInPerson? Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } identity
            ? new SignedInPerson(
                identity.Name ?? "Signed in",
                user.FindFirstValue(ClaimTypes.Role),
                user.FindFirstValue(AreaClaim))
            : null;
}
