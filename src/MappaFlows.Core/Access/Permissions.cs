namespace MappaFlows.Core.Access;

/// <summary>Who may see and do what: role × area × case. The one place that says so, for pages, API and commands alike.</summary>
public static class Permissions
{
    /// <summary>
    /// How much of the case the person may read; null for nothing at all. Those who manage it read everything. The referrer reads their
    /// referral and what came of it. Somebody who is asked to decide a disclosure, and has no other part in the case any more, reads the
    /// referral as long as they have to weigh it. Lay advisers and administrators have no part in individual cases.
    /// </summary>
    public static CaseScope? ScopeOf(Person person, CaseState state)
    {
        if (WorksOn(person, state)) return CaseScope.Whole;
        if (person.Id == state.ReferrerId || state.Disclosures.Any(disclosure => IsAskedNow(person, disclosure))) return CaseScope.Referral;
        return state.Disclosures.Any(disclosure => MayRead(person, disclosure)) ? CaseScope.Person : null;
    }

    /// <summary>Whether the person has a part in this disclosure, whatever else of its case they may read: they were asked to decide it, or are to make it.</summary>
    public static bool MayRead(Person person, Disclosure disclosure) => disclosure.MayBeDecidedBy(person.Id) || MayDisclose(person, disclosure);

    /// <summary>Whether the person may list cases of their area: all of them, or those of <see cref="CaseloadAgency"/>.</summary>
    public static bool MayListCaseload(Person person) =>
        person.Has(Role.Coordinator) || person.Has(Role.Chair) || person.Has(Role.DeputyChair) || person.Has(Role.LeadAgencyManager);

    /// <summary>The agency whose cases alone the person may list, because they read no others; null for every case of the area.</summary>
    public static string? CaseloadAgency(Person person) =>
        person.Has(Role.Coordinator) || person.Has(Role.Chair) || person.Has(Role.DeputyChair) ? null : person.AgencyId;

    /// <summary>Whether the person may refer somebody.</summary>
    public static bool MayRefer(Person person) =>
        person.Has(Role.Referrer) || person.Has(Role.Coordinator) || person.Has(Role.LeadAgencyManager);

    /// <summary>Whether the person may look into and mend the engine. No case is shown there.</summary>
    public static bool MayOperate(Person person) => person.Has(Role.Administrator);

    /// <summary>Whether the person may see counts of their area.</summary>
    public static bool MaySeeAggregates(Person person) =>
        person.Has(Role.LayAdviser) || person.Has(Role.Administrator) || MayListCaseload(person);

    /// <summary>Whether the person may give this command in this case at all; the decision itself may still refuse it.</summary>
    public static bool May(Person person, CaseCommand command, CaseState state)
    {
        var area = state.AreaCode;
        var coordinates = person.Is(Role.Coordinator, area);
        var chairs = person.Is(Role.Chair, area) || person.Is(Role.DeputyChair, area);
        var leads = LeadsIn(person, state);
        return command switch
        {
            DecideScreening or ScheduleMeeting or MoveMeeting or SendMinutes => coordinates,
            GiveInformation => person.Id == state.ReferrerId || coordinates,
            RecordMeeting => coordinates || chairs,
            RecordLevel1Review or RecordPreExitReview => leads,
            ProposeDisclosure or ReviseDisclosure or WithdrawDisclosure => coordinates || leads,
            DecideDisclosure decide => state.Disclosures.Any(disclosure => disclosure.Number == decide.Number && disclosure.MayBeDecidedBy(person.Id)),
            RecordDisclosure record => state.Disclosures.Any(disclosure => disclosure.Number == record.Number && MayDisclose(person, disclosure)),
            ChangeDate or AddEligibility => coordinates || leads,
            DecideExit => chairs || leads,
            DoWhatIsDue or IssueApprovalLink => person.IsClock,
            RecordRefusedAttempt => true,
            _ => false,
        };
    }

    private static bool WorksOn(Person person, CaseState state) =>
        person.Is(Role.Coordinator, state.AreaCode)
        || person.Is(Role.Chair, state.AreaCode)
        || person.Is(Role.DeputyChair, state.AreaCode)
        || LeadsIn(person, state);

    private static bool LeadsIn(Person person, CaseState state) =>
        person.Is(Role.LeadAgencyManager, state.AreaCode) && person.AgencyId == state.LeadAgencyId;

    private static bool IsAskedNow(Person person, Disclosure disclosure) =>
        disclosure.Stage == DisclosureStage.AwaitingApproval && disclosure.MayBeDecidedBy(person.Id);

    private static bool MayDisclose(Person person, Disclosure disclosure) =>
        disclosure.Content.DiscloserId == person.Id && disclosure.Stage is (DisclosureStage.Approved or DisclosureStage.Made);
}
