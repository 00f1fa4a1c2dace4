namespace MappaFlows.Workflows.Tests;

/// <summary>The people of one area.</summary>
public static class SamplePeople
{
    public const string Area = "hampshire";

    public static Person Referrer { get; } = Of("referrer", "probation", Role.Referrer);

    public static Person Coordinator { get; } = Of("coordinator", "police", Role.Coordinator);

    public static Person Chair { get; } = Of("chair", "police", Role.Chair);

    public static Person Deputy { get; } = Of("deputy", "probation", Role.DeputyChair);

    public static Person Manager { get; } = Of("manager", "probation", Role.LeadAgencyManager);

    public static Person LayAdviser { get; } = Of("lay-adviser", "police", Role.LayAdviser);

    public static Person Administrator { get; } = Of("administrator", "police", Role.Administrator);

    public static IReadOnlyList<Person> Everybody { get; } = [Referrer, Coordinator, Chair, Deputy, Manager, LayAdviser, Administrator];

    public static IReadOnlyList<AgencyMailbox> Mailboxes { get; } =
        [.. Agencies.All.Select(agency => new AgencyMailbox(Area, agency.Id, Mailbox(agency.Id)))];

    public static string Mailbox(string agencyId) => $"{agencyId}@meetings.example";

    private static Person Of(string id, string agency, params Role[] roles) => new(id, $"Test {id}", $"{id}@people.example", agency, Area, roles);
}
