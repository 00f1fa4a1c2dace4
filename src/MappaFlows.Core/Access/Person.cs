namespace MappaFlows.Core.Access;

/// <summary>A professional who uses the product: who they are, for whom they work and what they may do there.</summary>
/// <param name="Id">Opaque and lasting; what the audit trail names.</param>
/// <param name="AgencyId">One of <see cref="Areas.Agencies.All"/>.</param>
/// <param name="AreaCode">One of <see cref="MappaAreas.All"/>: they see the cases of this area alone.</param>
public sealed record Person(string Id, string Name, string Email, string AgencyId, string AreaCode, IReadOnlyList<Role> Roles)
{
    /// <summary>The product itself, when a clock and not a person acts.</summary>
    public static Person Clock { get; } = new("clock", "MappaFlows (clock)", "", "", "", []);

    public bool IsClock => Id == Clock.Id;

    public bool Has(Role role) => Roles.Contains(role);

    /// <summary>Whether the person may do what this role does in the area.</summary>
    public bool Is(Role role, string areaCode) => Has(role) && AreaCode == areaCode;
}

/// <summary>The parts people play. A person may have several, in one area.</summary>
public enum Role
{
    Referrer,
    Coordinator,
    Chair,
    DeputyChair,
    LeadAgencyManager,
    Administrator,
    LayAdviser,
}
