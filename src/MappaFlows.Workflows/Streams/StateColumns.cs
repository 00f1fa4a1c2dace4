using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// How a state is stored: one row, with the newest event's number and hash, and for each part its version and its JSON packed.
/// </summary>
internal static class StateColumns
{
    private const string Version = "Version";

    /// <summary>The hash of the newest event without that of the state: with it the seal can be compared without reading the event.</summary>
    private const string EventHash = "EventHash";

    /// <summary>
    /// Bytes that people may fill. The rest is room for what must always be recorded: the clock's steps, a withdrawal, the exit.
    /// </summary>
    private const int MaxBytes = TableLimits.EntityBytes * 3 / 4;

    /// <summary>What an act of a few words adds, at most, after packing.</summary>
    private const int FewBytes = 16 * 1024;

    public static StreamHead HeadOf(Entity row) => new((long)row.Properties["Sequence"], (string)row.Properties["Hash"]);

    /// <param name="eventHash">The newest event's hash before it sealed the state; null where it seals none.</param>
    public static Dictionary<string, object> Write(StreamHead head, IReadOnlyList<StoredPart> parts, string? eventHash = null)
    {
        var columns = new Dictionary<string, object> { ["Sequence"] = head.Sequence, ["Hash"] = head.Hash };
        if (eventHash is not null) columns[EventHash] = eventHash;
        foreach (var part in parts)
        {
            columns[part.Name + Version] = part.Version;
            PackedJson.Add(columns, part.Name, part.Json);
        }

        return columns;
    }

    /// <summary>Whether the parts are those that the newest event sealed; null where nothing was sealed, as before version 0.3.0.</summary>
    public static bool? IsSealed(Entity row, StreamHead head, IReadOnlyDictionary<string, StoredPart> parts) =>
        row.Properties.TryGetValue(EventHash, out var hash)
            ? HashChain.Seal((string)hash, HashChain.OfState(head.Sequence, parts.Values)) == head.Hash
            : null;

    /// <summary>Whether the state has grown so much that what must always be recorded would soon have no room.</summary>
    public static bool IsTooFull(IReadOnlyList<StoredPart> after, Func<IReadOnlyList<StoredPart>?> before)
    {
        // Packed or not, a state of so few characters has room: nothing needs to be packed to find out.
        if (after.Sum(part => 3L * part.Json.Length) <= MaxBytes) return false;
        var bytes = BytesOf(after);
        return bytes > MaxBytes && bytes - (before() is { } parts ? BytesOf(parts) : 0) > FewBytes;
    }

    private static long BytesOf(IReadOnlyList<StoredPart> parts) => Write(StreamHead.Start, parts).Values.Sum(value => value switch
    {
        byte[] packed => packed.Length,
        string text => 2L * text.Length,
        _ => sizeof(long),
    });

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
