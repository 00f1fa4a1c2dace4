using MappaFlows.Core.Areas;

namespace MappaFlows.Functions.Identity;

/// <summary>
/// A role, the area it is held in and the agency it is held for. An app role of Entra ID says as much of it as matters:
/// <c>lead-agency-manager@kent@probation</c>, <c>coordinator@kent</c>, or <c>administrator</c>.
/// </summary>
/// <param name="Role">The role's name, in small letters.</param>
/// <param name="Area">The area's code, or null where the role says none.</param>
/// <param name="Agency">The agency's id, or null where the role says none.</param>
public sealed record RoleGrant(string Role, string? Area, string? Agency = null)
{
    /// <summary>Reads the value of an app role.</summary>
    /// <returns>
    /// The grant, or null where role, area or agency are unknown or the value malformed: a slip must never widen a right.
    /// </returns>
    public static RoleGrant? Parse(string value, IReadOnlySet<string> roles)
    {
        var parts = value.Trim().ToLowerInvariant().Split('@');
        if (parts.Length > 3 || !roles.Contains(parts[0])) return null;
        if (parts.Length > 1 && MappaAreas.Find(parts[1]) is null) return null;
        if (parts.Length > 2 && Agencies.Find(parts[2]) is null) return null;
        return new(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }

    public override string ToString() => string.Join('@', new[] { Role, Area, Agency }.TakeWhile(part => part is not null));
}
