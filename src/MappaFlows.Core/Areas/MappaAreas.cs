using MappaFlows.Core.Data;

namespace MappaFlows.Core.Areas;

/// <summary>The MAPPA areas of England and Wales, in order of name.</summary>
public static class MappaAreas
{
    private static readonly Dictionary<string, Area> ByCode;

    static MappaAreas()
    {
        var file = DataFile.Read<AreasFile>(DataFile.Embedded("areas.json"), "The list of areas");
        All = file.Areas;
        ByCode = All.ToDictionary(a => a.Code, StringComparer.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<Area> All { get; }

    /// <summary>The area with that code, in any letter case, or null.</summary>
    public static Area? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    private sealed record AreasFile(string Edition, string Source, IReadOnlyList<Area> Areas);
}
