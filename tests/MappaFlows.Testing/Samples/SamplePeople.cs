using MappaFlows.Core.Access;
using MappaFlows.Core.Areas;

namespace MappaFlows.Testing.Samples;

/// <summary>
/// The made-up people of a made-up office in Hampshire, and one stranger from Dorset. They bear the names of the demo's people.
/// </summary>
public static class SamplePeople
{
    public const string Area = "hampshire";

    public static Person Referrer { get; } = In(Area, "riley-referrer", "Riley Referrer", "probation", Role.Referrer);

    public static Person Coordinator { get; } = In(Area, "casey-coordinator", "Casey Coordinator", "police", Role.Coordinator);

    public static Person Chair { get; } = In(Area, "charlie-chair", "Charlie Chair", "police", Role.Chair);

    public static Person Deputy { get; } = In(Area, "devon-deputy", "Devon Deputy", "probation", Role.DeputyChair);

    public static Person Manager { get; } = In(Area, "morgan-manager", "Morgan Manager", "probation", Role.LeadAgencyManager);

    public static Person OtherManager { get; } = In(Area, "parker-police", "Parker Police", "police", Role.LeadAgencyManager);

    public static Person Administrator { get; } = In(Area, "alex-admin", "Alex Admin", "police", Role.Administrator);

    public static Person LayAdviser { get; } = In(Area, "lee-lay", "Lee Lay", "police", Role.LayAdviser);

    public static Person Stranger { get; } = In("dorset", "dana-dorset", "Dana Dorset", "police", Role.Coordinator, Role.Chair, Role.LeadAgencyManager);

    public static Person Clock => Person.Clock;

    public static IReadOnlyList<Person> InArea { get; } =
    [
        Referrer,
        Coordinator,
        Chair,
        Deputy,
        Manager,
        OtherManager,
        Administrator,
        LayAdviser,
    ];

    public static Person Named(string name) => name switch
    {
        nameof(Referrer) => Referrer,
        nameof(Coordinator) => Coordinator,
        nameof(Chair) => Chair,
        nameof(Deputy) => Deputy,
        nameof(Manager) => Manager,
        nameof(OtherManager) => OtherManager,
        nameof(Administrator) => Administrator,
        nameof(LayAdviser) => LayAdviser,
        nameof(Stranger) => Stranger,
        nameof(Clock) => Clock,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Nobody has this name."),
    };

    /// <summary>Where an agency of the area is invited.</summary>
    public static string Mailbox(string agencyId) => $"{agencyId}@meetings.example";

    private static Person In(string area, string id, string name, string agency, params Role[] roles) =>
        new(id, name, $"{id.Replace('-', '.')}@{agency}.example", agency, area, roles);
}
