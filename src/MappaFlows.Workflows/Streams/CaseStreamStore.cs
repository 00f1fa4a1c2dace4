using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Cases in the table store: one partition each, in which a head (the case as it stands), its events, its outbox and the receipts of
/// its commands change together in one commit or not at all.
/// </summary>
public sealed class CaseStreamStore(ITableStore store)
{
    private const string StateRow = "state";
    private const string EventPrefix = "event-";
    private const string OutboxPrefix = "outbox-";
    private const string ReceiptPrefix = "receipt-";

    /// <summary>The case and what the next commit has to build on; null where there is no such case.</summary>
    public async ValueTask<StoredStream?> LoadAsync(CaseReference reference, CancellationToken cancellationToken = default)
    {
        var head = await store.GetAsync(TableNames.Cases, reference.ToString(), StateRow, cancellationToken);
        return head is null
            ? null
            : new(PackedJson.Read<CaseState>(head.Properties, "Case"), (string)head.Properties["LastHash"], head.ETag);
    }

    /// <summary>How many events the case has; 0 where there is no such case.</summary>
    public async ValueTask<long> VersionAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Cases, reference.ToString(), StateRow, cancellationToken) is { } head ? (long)head.Properties["Version"] : 0;

    /// <summary>A page of the case's events, the oldest first.</summary>
    /// <param name="after">The sequence after which to begin; 0 for the first.</param>
    public async ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(
        CaseReference reference,
        long after = 0,
        int take = TableLimits.EntitiesPerPage,
        CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(
            TableNames.Cases,
            reference.ToString(),
            new(EventRow(after + 1), EventPrefix + "~"),
            take,
            cancellationToken: cancellationToken);
        return [.. page.Entities.Select(entity => EventOf(reference, entity).Event)];
    }

    /// <summary>A page of the case's events, the newest first.</summary>
    /// <param name="before">The sequence before which to begin; one more than the case's version for the newest.</param>
    public async ValueTask<IReadOnlyList<RecordedEvent>> NewestEventsAsync(
        CaseReference reference,
        long before,
        int take,
        CancellationToken cancellationToken = default)
    {
        // Sequences have no gaps, so the page can be read forwards from its oldest.
        var after = Math.Max(0, before - 1 - take);
        var page = await EventsAsync(reference, after, (int)Math.Max(1, before - 1 - after), cancellationToken);
        return [.. page.Where(recorded => recorded.Sequence < before).Reverse()];
    }

    /// <summary>The newest event of the case by its number and hash; null where there is no such case.</summary>
    public async ValueTask<(long Sequence, string Hash)?> HeadAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Cases, reference.ToString(), StateRow, cancellationToken) is { } head
            ? ((long)head.Properties["Version"], (string)head.Properties["LastHash"])
            : null;

    /// <summary>Whether every event of the case still is what was recorded, and none is missing, the last ones included.</summary>
    /// <returns>The sequence of the first event that is not, or null.</returns>
    public async Task<long?> VerifyAsync(CaseReference reference, CancellationToken cancellationToken = default)
    {
        // The case is read first: events that come while they are read are beyond it.
        var head = await HeadAsync(reference, cancellationToken);
        return await VerifyAsync(reference, RowRange.Prefix(EventPrefix), head ?? (0, RecordedEvent.Start), cancellationToken);
    }

    /// <summary>Whether the case's events lead without a break from the first to the one of this number and hash.</summary>
    /// <param name="sequence">From 1.</param>
    /// <returns>The sequence of the first event that is not what it was, or null. It is the given one where the events fit one another but end otherwise.</returns>
    public Task<long?> VerifyAsync(CaseReference reference, long sequence, string hash, CancellationToken cancellationToken = default) =>
        VerifyAsync(reference, new(EventRow(1), EventRow(sequence + 1)), (sequence, hash), cancellationToken);

    /// <summary>Whether this command was committed before under this key.</summary>
    /// <returns>Null where the key is new; otherwise whether it was for this same command.</returns>
    public async ValueTask<bool?> FindReceiptAsync(
        CaseReference reference,
        string key,
        string commandHash,
        CancellationToken cancellationToken = default)
    {
        var receipt = await store.GetAsync(TableNames.Cases, reference.ToString(), ReceiptRow(key), cancellationToken);
        return receipt is null ? null : (string)receipt.Properties["Command"] == commandHash;
    }

    /// <summary>Commits events, the case that they make, what is to be done about them, and the command's receipt: together or not at all.</summary>
    /// <exception cref="EntityExistsException">The case was opened, or the key used, in the meantime.</exception>
    /// <exception cref="EntityChangedException">The case has changed in the meantime.</exception>
    public async Task CommitAsync(
        StoredStream? before,
        CaseState after,
        IReadOnlyList<RecordedEvent> events,
        IReadOnlyList<OutboxItem> outbox,
        (string Key, string CommandHash)? receipt,
        CancellationToken cancellationToken = default)
    {
        var head = new Dictionary<string, object> { ["Version"] = after.Version, ["LastHash"] = events[^1].Hash };
        PackedJson.Add(head, "Case", after);
        List<Change> changes = [before is null ? new Insert(StateRow, head) : new Replace(StateRow, head, before.ETag)];
        changes.AddRange(events.Select(recorded => new Insert(EventRow(recorded.Sequence), Properties(recorded))));
        changes.AddRange(outbox.Select((item, index) => new Insert(
            string.Create(CultureInfo.InvariantCulture, $"{OutboxPrefix}{after.Version:D10}-{index:D3}"),
            new Dictionary<string, object> { ["Item"] = JsonSerializer.Serialize(item, StreamJson.Options) })));
        if (receipt is { } given)
            changes.Add(new Insert(ReceiptRow(given.Key), new Dictionary<string, object> { ["Command"] = given.CommandHash, ["Version"] = after.Version }));

        await store.CommitAsync(TableNames.Cases, after.Reference.ToString(), changes, cancellationToken);
    }

    /// <summary>What is still to be done about a case's events, the oldest first.</summary>
    internal async ValueTask<IReadOnlyList<(string Row, OutboxItem Item)>> OutboxAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(
            TableNames.Cases,
            reference.ToString(),
            RowRange.Prefix(OutboxPrefix),
            TableLimits.ChangesPerCommit,
            cancellationToken: cancellationToken);
        return
        [
            .. page.Entities.Select(entity =>
                (entity.Row, JsonSerializer.Deserialize<OutboxItem>((string)entity.Properties["Item"], StreamJson.Options)!)),
        ];
    }

    /// <summary>Takes items off the outbox that were done.</summary>
    internal async Task ClearOutboxAsync(CaseReference reference, IReadOnlyList<string> rows, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Cases, reference.ToString(), [.. rows.Select(row => new Delete(row))], cancellationToken);

    private async Task<long?> VerifyAsync(
        CaseReference reference,
        RowRange range,
        (long Sequence, string Hash) last,
        CancellationToken cancellationToken)
    {
        var previous = RecordedEvent.Start;
        var expected = 1L;
        await foreach (var entity in store.ReadAllAsync(TableNames.Cases, reference.ToString(), range, cancellationToken))
        {
            if (TryRead(reference, entity) is not { } recorded || recorded.Sequence != expected || recorded.PreviousHash != previous) return expected;
            if (recorded.Sequence == last.Sequence && recorded.Hash != last.Hash) return expected;
            previous = recorded.Hash;
            expected++;
        }

        return expected <= last.Sequence ? expected : null;
    }

    /// <summary>The event, or null where it is not what was recorded, be it that it can no longer be read at all.</summary>
    private static RecordedEvent? TryRead(CaseReference reference, Entity entity)
    {
        try
        {
            var (recorded, json) = EventOf(reference, entity);
            return recorded.IsIntact(json) ? recorded : null;
        }
        catch (Exception exception) when (exception
            is JsonException or NotSupportedException or InvalidDataException or InvalidOperationException or KeyNotFoundException or InvalidCastException or FormatException)
        {
            return null;
        }
    }

    private static Dictionary<string, object> Properties(RecordedEvent recorded)
    {
        var properties = new Dictionary<string, object>
        {
            ["At"] = recorded.At,
            ["ActorId"] = recorded.ActorId,
            ["ActorName"] = recorded.ActorName,
            ["PreviousHash"] = recorded.PreviousHash,
            ["Hash"] = recorded.Hash,
        };
        PackedJson.Add(properties, "Event", JsonSerializer.Serialize(recorded.Event, StreamJson.Options));
        return properties;
    }

    private static (RecordedEvent Event, string Json) EventOf(CaseReference reference, Entity entity)
    {
        var json = PackedJson.ReadText(entity.Properties, "Event");
        var recorded = new RecordedEvent(
            reference,
            long.Parse(entity.Row.AsSpan(EventPrefix.Length), CultureInfo.InvariantCulture),
            (DateTimeOffset)entity.Properties["At"],
            (string)entity.Properties["ActorId"],
            (string)entity.Properties["ActorName"],
            JsonSerializer.Deserialize<CaseEvent>(json, StreamJson.Options)!,
            (string)entity.Properties["PreviousHash"],
            (string)entity.Properties["Hash"]);
        return (recorded, json);
    }

    private static string EventRow(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{sequence:D10}");

    /// <summary>A key comes from outside and may hold what a row must not: its hash may not.</summary>
    private static string ReceiptRow(string key) => ReceiptPrefix + Hashing.OfText(key);
}

/// <summary>A case with what the next commit has to build on.</summary>
public sealed record StoredStream(CaseState Case, string LastHash, string ETag);
