using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>How an outbox item is stored: its kind, its JSON, and once it has failed how often and until when it waits.</summary>
internal static class OutboxColumns
{
    public const string Prefix = "outbox-";

    /// <summary>Begins the rows of items that were set aside.</summary>
    public const string AsidePrefix = "aside-";

    public static string Row(long sequence, int index) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}-{index:D3}");

    public static Dictionary<string, object> Write(StoredOutboxItem item)
    {
        var columns = new Dictionary<string, object> { ["Kind"] = item.Kind, ["Data"] = item.Data };
        if (item.Failures > 0) columns["Failures"] = item.Failures;
        if (item.FailedSince is { } since) columns["FailedSince"] = since;
        if (item.NextAt is { } next) columns["NextAt"] = next;
        return columns;
    }

    public static StoredOutboxItem Read(Entity row) =>
        new(row.Row, row.ETag, (string)row.Properties["Kind"], (string)row.Properties["Data"])
        {
            Failures = (int?)row.Properties.GetValueOrDefault("Failures") ?? 0,
            FailedSince = (DateTimeOffset?)row.Properties.GetValueOrDefault("FailedSince"),
            NextAt = (DateTimeOffset?)row.Properties.GetValueOrDefault("NextAt"),
        };

    /// <summary>An item that cannot be read is one of no kind, which nothing handles: it is set aside as others that fail.</summary>
    public static StoredOutboxItem ReadOrNothing(Entity row) => Unreadable.TryRead(row, Read, out var item)
        ? item
        : new(row.Row, row.ETag, "unreadable", "");
}
