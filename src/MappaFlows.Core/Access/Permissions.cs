namespace MappaFlows.Core.Access;

/// <summary>What a person may do outside of a single case.</summary>
public static class Permissions
{
    /// <summary>Whether the person may list cases of their area: all of them, or those of <see cref="CaseloadAgency"/>.</summary>
    public static bool MayListCaseload(Person person) =>
        person.Has(Role.Coordinator) || person.Has(Role.Chair) || person.Has(Role.DeputyChair) || person.Has(Role.LeadAgencyManager);

    /// <summary>The agency whose cases alone the person may list, because they read no others; null for every case of the area.</summary>
    public static string? CaseloadAgency(Person person) =>
        person.Has(Role.Coordinator) || person.Has(Role.Chair) || person.Has(Role.DeputyChair) ? null : person.AgencyId;

    /// <summary>Whether the person may refer someone.</summary>
    public static bool MayRefer(Person person) =>
        person.Has(Role.Referrer) || person.Has(Role.Coordinator) || person.Has(Role.LeadAgencyManager);

    /// <summary>Whether work for an area's coordinators reaches this person: they screen, or see to it that someone does.</summary>
    public static bool ReceivesReferrals(Person person, string areaCode) =>
        person.Is(Role.Coordinator, areaCode) || person.Is(Role.Chair, areaCode) || person.Is(Role.DeputyChair, areaCode);

    /// <summary>Whether the person may see and repair what the engine does. No case is shown there.</summary>
    public static bool MayOperate(Person person) => person.Has(Role.Administrator);

    /// <summary>Whether the person may see counts of their area.</summary>
    public static bool MaySeeAggregates(Person person) =>
        person.Has(Role.LayAdviser) || person.Has(Role.Administrator) || MayListCaseload(person);
}
