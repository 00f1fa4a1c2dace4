using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// How a state is stored: one row, with the newest event's number and hash, and for each part its version and its JSON packed.
/// </summary>
internal static class StateColumns
{
    private const string Version = "Version";

    public static StreamHead HeadOf(Entity row) => new((long)row.Properties["Sequence"], (string)row.Properties["Hash"]);

    public static Dictionary<string, object> Write(StreamHead head, IReadOnlyList<StoredPart> parts)
    {
        var columns = new Dictionary<string, object> { ["Sequence"] = head.Sequence, ["Hash"] = head.Hash };
        foreach (var part in parts)
        {
            columns[part.Name + Version] = part.Version;
            PackedJson.Add(columns, part.Name, part.Json);
        }

        return columns;
    }

    public static IReadOnlyDictionary<string, StoredPart> PartsOf(Entity row)
    {
        var parts = new Dictionary<string, StoredPart>(StringComparer.Ordinal);
        foreach (var (column, value) in row.Properties)
        {
            if (!column.EndsWith(Version, StringComparison.Ordinal) || value is not int version) continue;
            var name = column[..^Version.Length];
            parts[name] = new(name, version, PackedJson.ReadText(row.Properties, name));
        }

        return parts;
    }
}
