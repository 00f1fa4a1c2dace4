namespace MappaFlows.Web.Identity;

/// <summary>A role, and the area it is held in. An app role of Entra ID says both: <c>coordinator@west-midlands</c>, or <c>administrator</c> for everywhere.</summary>
/// <param name="Role">The role's name, in small letters.</param>
/// <param name="Area">The area's name in small letters, or null for all areas.</param>
public sealed record RoleGrant(string Role, string? Area)
{
    /// <summary>Reads the value of an app role.</summary>
    /// <returns>The grant, or null where the role is unknown or the value malformed: a slip must never widen a right.</returns>
    public static RoleGrant? Parse(string value, IReadOnlySet<string> roles)
    {
        var parts = value.Trim().ToLowerInvariant().Split('@');
        return parts switch
        {
            [var role] when roles.Contains(role) => new RoleGrant(role, null),
            [var role, { Length: > 0 } area] when roles.Contains(role) => new RoleGrant(role, area),
            _ => null,
        };
    }
}
