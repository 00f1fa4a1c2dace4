using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>How an event is stored: a row of its number, a column for each field, and its JSON packed.</summary>
internal static class EventColumns
{
    private const string Prefix = "event-";

    /// <summary>What a row has room for.</summary>
    public const long MaxSequence = 9_999_999_999;

    public static RowRange All { get; } = RowRange.Prefix(Prefix);

    public static RowRange After(long sequence) => new(Row(sequence + 1), Prefix + "~");

    public static RowRange Through(long sequence) => new(Row(1), Row(sequence + 1));

    /// <summary>Null where no event can lie there.</summary>
    public static RowRange? Between(long first, long end) =>
        Math.Max(first, 1) is var from && Math.Min(end, MaxSequence) is var to && from < to ? new(Row(from), Row(to)) : null;

    public static string Row(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}");

    /// <summary>The number in a row's name; null where it has none.</summary>
    public static long? SequenceOf(string row) =>
        long.TryParse(row.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    public static Dictionary<string, object> Write(EventRecord record)
    {
        var columns = new Dictionary<string, object>
        {
            ["At"] = record.Info.At,
            ["ActorId"] = record.Info.ActorId,
            ["ActorName"] = record.Info.ActorName,
            ["Type"] = record.Type,
            ["PreviousHash"] = record.PreviousHash,
            ["Hash"] = record.Hash,
        };
        if (record.State is { } state) columns["State"] = state;
        PackedJson.Add(columns, "Data", record.Data);
        return columns;
    }

    public static EventRecord Read(Entity entity) => new(
        new(
            long.Parse(entity.Row.AsSpan(Prefix.Length), CultureInfo.InvariantCulture),
            (DateTimeOffset)entity.Properties["At"],
            (string)entity.Properties["ActorId"],
            (string)entity.Properties["ActorName"]),
        (string)entity.Properties["Type"],
        PackedJson.ReadText(entity.Properties, "Data"),
        (string)entity.Properties["PreviousHash"],
        (string)entity.Properties["Hash"])
    {
        State = (string?)entity.Properties.GetValueOrDefault("State"),
    };

    /// <summary>The event, or null where it can no longer be read at all.</summary>
    public static EventRecord? TryRead(Entity entity)
    {
        try
        {
            return Read(entity);
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            return null;
        }
    }
}
