namespace MappaFlows.Core.Cases;

/// <summary>Who has which part in a case: role × area × case.</summary>
public static class CasePermissions
{
    public static bool Coordinates(Person person, CaseState state) => person.Is(Role.Coordinator, state.AreaCode);

    public static bool Chairs(Person person, CaseState state) =>
        person.Is(Role.Chair, state.AreaCode) || person.Is(Role.DeputyChair, state.AreaCode);

    /// <summary>A manager of the case's lead agency in its area.</summary>
    public static bool Leads(Person person, CaseState state) =>
        person.Is(Role.LeadAgencyManager, state.AreaCode) && person.AgencyId == state.LeadAgencyId;

    public static bool CoordinatesOrLeads(Person person, CaseState state) => Coordinates(person, state) || Leads(person, state);

    public static bool CoordinatesOrChairs(Person person, CaseState state) => Coordinates(person, state) || Chairs(person, state);

    public static bool ChairsOrLeads(Person person, CaseState state) => Chairs(person, state) || Leads(person, state);

    public static bool RefersOrCoordinates(Person person, CaseState state) => person.Id == state.ReferrerId || Coordinates(person, state);

    public static bool IsClock(Person person, CaseState state) => person.IsClock;

    /// <summary>Those who manage the case read all of it, and its referrer the referral; null for everyone else.</summary>
    public static CaseScope? ScopeOf(Person person, CaseState state) =>
        WorksOn(person, state) ? CaseScope.Whole
        : person.Id == state.ReferrerId ? CaseScope.Referral
        : null;

    public static bool WorksOn(Person person, CaseState state) =>
        Coordinates(person, state) || Chairs(person, state) || Leads(person, state);
}
