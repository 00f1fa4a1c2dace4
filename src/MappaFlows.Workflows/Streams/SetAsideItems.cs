using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Outbox items that failed too often: they stand beside their stream's events and in a list, until a person puts them back or removes
/// them.
/// </summary>
public sealed partial class SetAsideItems(
    ITableStore store,
    OutboxIndex index,
    ProductMetrics metrics,
    TimeProvider time,
    ILogger<SetAsideItems> logger)
{
    private const string Partition = "aside";
    private const int RowLength = 14;

    /// <summary>Up to <paramref name="take"/> of them, in the order of their streams.</summary>
    public async Task<IReadOnlyList<SetAsideItem>> ListAsync(int take, CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(TableNames.OutboxIndex, Partition, RowRange.All, take, cancellationToken: cancellationToken);
        var found = new List<SetAsideItem>();
        foreach (var entry in page.Entities)
        {
            // One that a crash left in the list alone is still in the outbox, or was removed.
            if (PlaceOf(entry.Row) is { } place && await FindAsync(place, cancellationToken) is { } row)
                found.Add(ItemOf(entry.Row, place.Stream, row));
        }

        return found;
    }

    /// <summary>Whether there is any.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default) =>
        (await ListAsync(take: 1, cancellationToken)).Count > 0;

    /// <summary>Puts an item back into its outbox, as if it had never failed.</summary>
    /// <returns>Its stream; null where there is no such item.</returns>
    public async Task<StreamId?> PutBackAsync(string key, CancellationToken cancellationToken = default)
    {
        if (PlaceOf(key) is not { } place || await FindAsync(place, cancellationToken) is not { } row) return null;
        await index.AddAsync(place.Stream, version: 0, cancellationToken);
        var item = OutboxColumns.ReadOrNothing(row);
        await store.CommitAsync(
            place.Stream.Table,
            place.Stream.Id,
            [
                new Delete(row.Row, row.ETag),
                new Upsert(
                    OutboxColumns.Prefix + place.Rest,
                    OutboxColumns.Write(item with { Failures = 0, FailedSince = null, NextAt = null })),
            ],
            cancellationToken);
        await store.CommitAsync(TableNames.OutboxIndex, Partition, [new Delete(key)], cancellationToken);
        return place.Stream;
    }

    /// <summary>Removes an item for good.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        if (PlaceOf(key) is not { } place || await FindAsync(place, cancellationToken) is not { } row) return false;
        await store.CommitAsync(place.Stream.Table, place.Stream.Id, [new Delete(row.Row)], cancellationToken);
        await store.CommitAsync(TableNames.OutboxIndex, Partition, [new Delete(key)], cancellationToken);
        return true;
    }

    /// <summary>Sets an item aside: into the list first, so that a crash leaves one entry too many and never one too few.</summary>
    /// <param name="why">The kind of the failure: what a message says may be about a person.</param>
    internal async Task PutAsync(StreamId stream, StoredOutboxItem item, string why, CancellationToken cancellationToken)
    {
        var rest = item.Row[OutboxColumns.Prefix.Length..];
        var columns = OutboxColumns.Write(item);
        columns["Why"] = why;
        columns["At"] = time.GetUtcNow();
        await store.CommitAsync(
            TableNames.OutboxIndex,
            Partition,
            [new Upsert($"{stream.Table}-{stream.Id}-{rest}", new Dictionary<string, object>())],
            cancellationToken);
        await store.CommitAsync(
            stream.Table,
            stream.Id,
            [new Delete(item.Row, item.ETag), new Upsert(OutboxColumns.AsidePrefix + rest, columns)],
            cancellationToken);
        metrics.OutboxItemSetAside();
        LogSetAside(stream, item.Kind, item.Failures, why);
    }

    private async Task<Entity?> FindAsync(Place place, CancellationToken cancellationToken) =>
        await store.GetAsync(place.Stream.Table, place.Stream.Id, OutboxColumns.AsidePrefix + place.Rest, cancellationToken);

    /// <summary>The place that a key names; null where it names none. A table's name has no hyphen.</summary>
    private static Place? PlaceOf(string key)
    {
        var hyphen = key.IndexOf('-', StringComparison.Ordinal);
        var rest = key.Length - RowLength;
        return hyphen > 0 && rest - 1 > hyphen + 1 && key[rest - 1] == '-'
            ? new(new(key[..hyphen], key[(hyphen + 1)..(rest - 1)]), key[rest..])
            : null;
    }

    private static SetAsideItem ItemOf(string key, StreamId stream, Entity row)
    {
        var item = OutboxColumns.ReadOrNothing(row);
        var at = row.Properties.GetValueOrDefault("At") as DateTimeOffset? ?? DateTimeOffset.UnixEpoch;
        return new(key, stream, item.Kind, row.Properties.GetValueOrDefault("Why") as string ?? "", item.Failures, item.FailedSince ?? at, at);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Item} item of {Stream} failed {Failures} times and is set aside, the last time by {Why}.")]
    private partial void LogSetAside(StreamId stream, string item, int failures, string why);

    private sealed record Place(StreamId Stream, string Rest);
}

/// <summary>An outbox item that failed too often.</summary>
/// <param name="Key">Names it for a person's decision.</param>
/// <param name="Why">The kind of its last failure.</param>
public sealed record SetAsideItem(
    string Key,
    StreamId Stream,
    string Kind,
    string Why,
    int Failures,
    DateTimeOffset Since,
    DateTimeOffset At);
