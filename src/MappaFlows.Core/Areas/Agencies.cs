using MappaFlows.Core.Data;

namespace MappaFlows.Core.Areas;

/// <summary>The agencies of MAPPA, the Responsible Authority first.</summary>
public static class Agencies
{
    private static readonly Dictionary<string, Agency> ById;

    static Agencies()
    {
        var file = DataFile.Read<AgenciesFile>(DataFile.Embedded("agencies.json"), "The list of agencies");
        All = file.Agencies;
        ById = All.ToDictionary(a => a.Id, StringComparer.OrdinalIgnoreCase);
        Core = [.. All.Where(a => a.Core)];
        LeadAgencies = [.. All.Where(a => a.CanLead)];
        ResponsibleAuthority = [.. All.Where(a => a.Role == AgencyRole.ResponsibleAuthority)];
        DutyToCooperate = [.. All.Where(a => a.Role == AgencyRole.DutyToCooperate)];
    }

    public static IReadOnlyList<Agency> All { get; }

    /// <summary>Invited to every level 2 and level 3 meeting.</summary>
    public static IReadOnlyList<Agency> Core { get; }

    /// <summary>The choices for a case's lead agency.</summary>
    public static IReadOnlyList<Agency> LeadAgencies { get; }

    public static IReadOnlyList<Agency> ResponsibleAuthority { get; }

    public static IReadOnlyList<Agency> DutyToCooperate { get; }

    /// <summary>The agency with that id, in any letter case, or null.</summary>
    public static Agency? Find(string? id) => id is null ? null : ById.GetValueOrDefault(id);

    private sealed record AgenciesFile(string Edition, string Source, IReadOnlyList<Agency> Agencies);
}
