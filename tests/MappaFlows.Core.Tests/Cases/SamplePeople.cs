
namespace MappaFlows.Core.Tests.Cases;

/// <summary>The made-up people of a made-up office in Hampshire, and one stranger from Dorset.</summary>
internal static class SamplePeople
{
    public const string Area = "hampshire";

    public static readonly Person Referrer = In(Area, "riley", "probation", Role.Referrer);
    public static readonly Person Coordinator = In(Area, "casey", "police", Role.Coordinator);
    public static readonly Person Chair = In(Area, "charlie", "police", Role.Chair);
    public static readonly Person Deputy = In(Area, "devon", "probation", Role.DeputyChair);
    public static readonly Person Manager = In(Area, "morgan", "probation", Role.LeadAgencyManager);
    public static readonly Person OtherManager = In(Area, "parker", "police", Role.LeadAgencyManager);
    public static readonly Person Administrator = In(Area, "alex", "police", Role.Administrator);
    public static readonly Person LayAdviser = In(Area, "lee", "police", Role.LayAdviser);
    public static readonly Person Stranger = In("dorset", "dana", "police", Role.Coordinator, Role.Chair, Role.LeadAgencyManager);
    public static readonly Person Clock = Person.Clock;

    public static readonly IReadOnlyList<Person> InArea = [Referrer, Coordinator, Chair, Deputy, Manager, OtherManager, Administrator, LayAdviser];

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

    private static Person In(string area, string id, string agency, params Role[] roles) => new(id, id, $"{id}@example.org", agency, area, roles);
}
