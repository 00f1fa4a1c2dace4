using MappaFlows.Core.Cases;
using MappaFlows.Core.Disclosures;

namespace MappaFlows.Core.People;

/// <summary>Who may see and do what: role × area × case. The one place that says so, for pages, API and commands alike.</summary>
public static class Rights
{
    /// <summary>Whether the person may read the case. Lay advisers and administrators have no part in individual cases.</summary>
    public static bool MayRead(Person person, Case @case) =>
        WorksOn(person, @case)
        || person.Id == @case.ReferrerId
        || @case.Disclosures.Any(disclosure => disclosure.MayBeDecidedBy(person.Id) || MayDisclose(person, disclosure));

    /// <summary>Whether the person may list the cases of their area.</summary>
    public static bool MayListCaseload(Person person) =>
        person.Has(Role.Coordinator) || person.Has(Role.Chair) || person.Has(Role.DeputyChair) || person.Has(Role.LeadAgencyManager);

    /// <summary>Whether the person may refer somebody.</summary>
    public static bool MayRefer(Person person) =>
        person.Has(Role.Referrer) || person.Has(Role.Coordinator) || person.Has(Role.LeadAgencyManager);

    /// <summary>Whether the person may look into and mend the engine. No case is shown there.</summary>
    public static bool MayInspect(Person person) => person.Has(Role.Administrator);

    /// <summary>Whether the person may see counts of their area.</summary>
    public static bool MaySeeAggregates(Person person) =>
        person.Has(Role.LayAdviser) || person.Has(Role.Administrator) || MayListCaseload(person);

    /// <summary>Whether the person may give this command in this case at all; the decision itself may still refuse it.</summary>
    public static bool May(Person person, CaseCommand command, Case @case)
    {
        var area = @case.AreaCode;
        var coordinates = person.Is(Role.Coordinator, area);
        var chairs = person.Is(Role.Chair, area) || person.Is(Role.DeputyChair, area);
        var leads = LeadsIn(person, @case);
        return command switch
        {
            Screen or ScheduleMeeting or MoveMeeting or SendMinutes => coordinates,
            GiveInformation => person.Id == @case.ReferrerId || coordinates,
            RecordMeeting => coordinates || chairs,
            RecordLevel1Review or RecordPreExitReview => leads,
            ProposeDisclosure or ReviseDisclosure or WithdrawDisclosure => coordinates || leads,
            DecideDisclosure decide => @case.Disclosures.Any(disclosure => disclosure.Number == decide.Number && disclosure.MayBeDecidedBy(person.Id)),
            RecordDisclosure record => @case.Disclosures.Any(disclosure => disclosure.Number == record.Number && MayDisclose(person, disclosure)),
            ChangeDate or AddEligibility => coordinates || leads,
            DecideExit => chairs || leads,
            AttendToClocks or IssueApprovalLink => person.IsClock,
            RecordRefusedAttempt => true,
            _ => false,
        };
    }

    private static bool WorksOn(Person person, Case @case) =>
        person.Is(Role.Coordinator, @case.AreaCode)
        || person.Is(Role.Chair, @case.AreaCode)
        || person.Is(Role.DeputyChair, @case.AreaCode)
        || LeadsIn(person, @case);

    private static bool LeadsIn(Person person, Case @case) =>
        person.Is(Role.LeadAgencyManager, @case.AreaCode) && person.AgencyId == @case.LeadAgencyId;

    private static bool MayDisclose(Person person, Disclosure disclosure) =>
        disclosure.Content.DiscloserId == person.Id && disclosure.Stage is (DisclosureStage.Approved or DisclosureStage.Made);
}
