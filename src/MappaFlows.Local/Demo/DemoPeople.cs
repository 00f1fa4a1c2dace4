namespace MappaFlows.Local.Demo;

/// <summary>The made-up people one signs in as on one machine, and made-up mailboxes of their agencies.</summary>
public static class DemoPeople
{
    private const string Hampshire = "hampshire";
    private const string Dorset = "dorset";

    public static Person Referrer { get; } = Make("riley-referrer", "Riley Referrer", "probation", Hampshire, Role.Referrer);

    public static Person Coordinator { get; } = Make("casey-coordinator", "Casey Coordinator", "police", Hampshire, Role.Coordinator);

    public static Person Chair { get; } = Make("charlie-chair", "Charlie Chair", "police", Hampshire, Role.Chair);

    public static Person DeputyChair { get; } = Make("devon-deputy", "Devon Deputy", "probation", Hampshire, Role.DeputyChair);

    public static Person ProbationManager { get; } = Make("morgan-manager", "Morgan Manager", "probation", Hampshire, Role.LeadAgencyManager);

    public static Person PoliceManager { get; } = Make("parker-police", "Parker Police", "police", Hampshire, Role.LeadAgencyManager);

    public static Person DorsetCoordinator { get; } = Make("dana-dorset", "Dana Dorset", "police", Dorset, Role.Coordinator);

    public static IReadOnlyList<Person> All { get; } =
    [
        Referrer,
        Coordinator,
        Chair,
        DeputyChair,
        ProbationManager,
        PoliceManager,
        Make("alex-admin", "Alex Admin", "police", Hampshire, Role.Administrator),
        Make("lee-lay", "Lee Lay", "police", Hampshire, Role.LayAdviser),
        DorsetCoordinator,
        Make("drew-dorset", "Drew Dorset", "police", Dorset, Role.Chair),
    ];

    public static IReadOnlyList<AgencyMailbox> Mailboxes { get; } =
    [
        .. from area in new[] { Hampshire, Dorset }
           from agency in Agencies.All
           select new AgencyMailbox(area, agency.Id, $"mappa.{area}@{agency.Id}.example"),
    ];

    private static Person Make(string id, string name, string agency, string area, Role role) =>
        new(id, name, $"{id.Replace('-', '.')}@{agency}.example", agency, area, [role]);
}
