using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Streams in the table store: a partition each, in which the state row, the events, the outbox and the receipts of commands change
/// together in one commit or not at all.
/// </summary>
public sealed class StreamStore(ITableStore store)
{
    private const string StateRow = "state";
    private const string OutboxPrefix = "outbox-";
    private const string ReceiptPrefix = "receipt-";

    /// <summary>
    /// The state, and what the next commit has to build on; null where there is no such stream. Rebuilt from the events where older code
    /// stored it.
    /// </summary>
    public async ValueTask<StoredStream<TState>?> LoadAsync<TState>(
        StreamModel<TState> model,
        string id,
        CancellationToken cancellationToken = default)
        where TState : class
    {
        if (await store.GetAsync(model.Table, id, StateRow, cancellationToken) is not { } row) return null;
        var head = StateColumns.HeadOf(row);
        return model.Read(StateColumns.PartsOf(row)) is { } state
            ? new(state, head, row.ETag)
            : new(await RebuildAsync(model, id, head, cancellationToken), head, row.ETag) { WasRebuilt = true };
    }

    /// <summary>The newest event by its number and hash; null where there is no such stream.</summary>
    public async ValueTask<StreamHead?> HeadAsync(StreamId stream, CancellationToken cancellationToken = default) =>
        await store.GetAsync(stream.Table, stream.Id, StateRow, cancellationToken) is { } row ? StateColumns.HeadOf(row) : null;

    /// <summary>A page of events, the oldest first.</summary>
    /// <param name="after">The sequence after which to begin; 0 for the first.</param>
    /// <exception cref="UnknownEventException">No code is left that reads one of them.</exception>
    public async ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(
        EventTypes types,
        StreamId stream,
        long after = 0,
        int take = TableLimits.EntitiesPerPage,
        CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(stream.Table, stream.Id, EventColumns.After(after), take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(entity => EventOf(types, stream, entity))];
    }

    /// <summary>A page of events, the newest first.</summary>
    /// <param name="before">The sequence before which to begin; one more than the newest for all.</param>
    public async ValueTask<IReadOnlyList<RecordedEvent>> NewestEventsAsync(
        EventTypes types,
        StreamId stream,
        long before,
        int take,
        CancellationToken cancellationToken = default)
    {
        // Sequences have no gaps, so the page can be read forwards from its oldest.
        var after = Math.Max(0, before - 1 - take);
        var page = await EventsAsync(types, stream, after, (int)Math.Max(1, before - 1 - after), cancellationToken);
        return [.. page.Where(recorded => recorded.Sequence < before).Reverse()];
    }

    /// <summary>
    /// Events as they are stored, the oldest first and at most 1,000: for a reader who must see the rest where some were changed.
    /// </summary>
    /// <param name="first">The sequence from which to read.</param>
    /// <param name="end">The sequence before which to stop.</param>
    /// <returns>A record for each row; null for a row that can no longer be read at all.</returns>
    public async ValueTask<IReadOnlyList<EventRecord?>> RecordsAsync(
        StreamId stream,
        long first,
        long end,
        CancellationToken cancellationToken = default)
    {
        if (EventColumns.Between(first, end) is not { } range) return [];
        var page = await store.QueryAsync(
            stream.Table,
            stream.Id,
            range,
            TableLimits.EntitiesPerPage,
            cancellationToken: cancellationToken);
        return [.. page.Entities.Select(EventColumns.TryRead)];
    }

    /// <summary>Whether every event still is what was recorded and none is missing, from the first to the newest.</summary>
    /// <param name="to">The event up to which to look; null for the newest, with which the events must then end.</param>
    /// <returns>
    /// The sequence of the first event that is not what was recorded, or null. It is that of <paramref name="to"/> where the events fit one
    /// another but end otherwise.
    /// </returns>
    public async Task<long?> VerifyAsync(StreamId stream, StreamHead? to = null, CancellationToken cancellationToken = default)
    {
        // The newest is read first: events that are committed meanwhile are beyond it.
        var last = to ?? await HeadAsync(stream, cancellationToken) ?? StreamHead.Start;
        var range = to is null ? EventColumns.All : EventColumns.Through(last.Sequence);
        var (previous, expected) = (HashChain.Start, 1L);
        await foreach (var entity in store.ReadAllAsync(stream.Table, stream.Id, range, cancellationToken))
        {
            if (EventColumns.TryRead(entity) is not { } record || !record.IsIntact(stream)) return expected;
            if (record.Info.Sequence != expected || record.PreviousHash != previous) return expected;
            if (expected == last.Sequence && record.Hash != last.Hash) return expected;
            previous = record.Hash;
            expected++;
        }

        return expected <= last.Sequence ? expected : null;
    }

    /// <summary>The receipt that was committed under this key, or null.</summary>
    public async ValueTask<Receipt?> FindReceiptAsync(StreamId stream, string key, CancellationToken cancellationToken = default) =>
        await store.GetAsync(stream.Table, stream.Id, ReceiptRow(key), cancellationToken) is { } row
            ? new(key, (string)row.Properties["Command"], (long)row.Properties["Sequence"])
            : null;

    /// <summary>
    /// Commits events, the state that they make, what is to be done about them, and the command's receipt: together or not at all.
    /// </summary>
    /// <param name="etag">The tag of the stream as it was loaded; null for a new one.</param>
    /// <param name="state">The state after the events.</param>
    /// <exception cref="EntityExistsException">The stream was begun, or the key used, in the meantime.</exception>
    /// <exception cref="EntityChangedException">The stream has changed in the meantime.</exception>
    public async Task CommitAsync(
        StreamId stream,
        string? etag,
        IReadOnlyList<StoredPart> state,
        IReadOnlyList<RecordedEvent> events,
        IReadOnlyList<OutboxItem> outbox,
        Receipt? receipt,
        CancellationToken cancellationToken = default)
    {
        var newest = events[^1];
        var columns = StateColumns.Write(new(newest.Sequence, newest.Hash), state);
        List<Change> changes = [etag is null ? new Insert(StateRow, columns) : new Replace(StateRow, columns, etag)];
        changes.AddRange(events.Select(recorded => new Insert(EventColumns.Row(recorded.Sequence), EventColumns.Write(recorded.Record))));
        changes.AddRange(outbox.Select((item, index) => new Insert(
            string.Create(CultureInfo.InvariantCulture, $"{OutboxPrefix}{newest.Sequence:D10}-{index:D3}"),
            new Dictionary<string, object> { ["Kind"] = item.Kind, ["Data"] = JsonSerializer.Serialize<object>(item, StreamJson.Options) })));
        if (receipt is not null)
        {
            changes.Add(new Insert(
                ReceiptRow(receipt.Key),
                new Dictionary<string, object> { ["Command"] = receipt.CommandHash, ["Sequence"] = receipt.Sequence }));
        }

        await store.CommitAsync(stream.Table, stream.Id, changes, cancellationToken);
    }

    /// <summary>What is still to be done about a stream's events, the oldest first.</summary>
    internal async ValueTask<IReadOnlyList<StoredOutboxItem>> OutboxAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(
            stream.Table,
            stream.Id,
            RowRange.Prefix(OutboxPrefix),
            TableLimits.ChangesPerCommit,
            cancellationToken: cancellationToken);
        return
        [
            .. page.Entities.Select(entity =>
                new StoredOutboxItem(entity.Row, (string)entity.Properties["Kind"], (string)entity.Properties["Data"])),
        ];
    }

    /// <summary>Removes items that were done.</summary>
    internal async Task ClearOutboxAsync(StreamId stream, IReadOnlyList<string> rows, CancellationToken cancellationToken) =>
        await store.CommitAsync(stream.Table, stream.Id, [.. rows.Select(row => new Delete(row))], cancellationToken);

    private async Task<TState> RebuildAsync<TState>(
        StreamModel<TState> model,
        string id,
        StreamHead head,
        CancellationToken cancellationToken)
        where TState : class
    {
        TState? state = null;
        var stream = model.Stream(id);
        await foreach (var recorded in AllAsync(model.Events, stream, head.Sequence, cancellationToken))
            state = model.Apply(state, recorded.Event, recorded.Record.Info);
        return state ?? throw new InvalidDataException($"The stream {stream} has a state and no events.");
    }

    private async IAsyncEnumerable<RecordedEvent> AllAsync(
        EventTypes types,
        StreamId stream,
        long through,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in store.ReadAllAsync(stream.Table, stream.Id, EventColumns.Through(through), cancellationToken))
            yield return EventOf(types, stream, entity);
    }

    private static RecordedEvent EventOf(EventTypes types, StreamId stream, Entity entity)
    {
        var record = EventColumns.Read(entity);
        return new(stream, record, types.Read(record.Type, record.Data));
    }

    /// <summary>A key comes from outside and may hold what a row must not: its hash may not.</summary>
    private static string ReceiptRow(string key) => ReceiptPrefix + Hashing.OfText(key);
}
