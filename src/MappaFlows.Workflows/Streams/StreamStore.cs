using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Streams in the table store: a partition each, in which the state row, the events, the outbox and the receipts of commands change
/// together in one commit or not at all.
/// </summary>
public sealed class StreamStore(ITableStore store, BrokenRecords? broken = null)
{
    internal const string StateRow = "state";
    internal const string ReceiptPrefix = "receipt-";

    /// <summary>
    /// The state, and what the next commit has to build on; null where there is no such stream. It is believed only where its newest event
    /// sealed it. Where none did, or older code stored it, it is rebuilt from the events.
    /// </summary>
    /// <exception cref="BrokenRecordException">State and events are not what was recorded. It was reported.</exception>
    public async ValueTask<StoredStream<TState>?> LoadAsync<TState>(
        StreamModel<TState> model,
        string id,
        CancellationToken cancellationToken = default)
        where TState : class =>
        await LoadAsync(model, id, fromEvents: false, cancellationToken);

    /// <summary>As <see cref="LoadAsync{TState}"/>, but always from the events, to which the stored state has to agree.</summary>
    /// <exception cref="BrokenRecordException">State and events are not what was recorded. It was reported.</exception>
    public async ValueTask<StoredStream<TState>?> RebuildAsync<TState>(
        StreamModel<TState> model,
        string id,
        CancellationToken cancellationToken = default)
        where TState : class =>
        await LoadAsync(model, id, fromEvents: true, cancellationToken);

    private async ValueTask<StoredStream<TState>?> LoadAsync<TState>(
        StreamModel<TState> model,
        string id,
        bool fromEvents,
        CancellationToken cancellationToken)
        where TState : class
    {
        if (await store.GetAsync(model.Table, id, StateRow, cancellationToken) is not { } row) return null;
        var stream = model.Stream(id);
        try
        {
            var (head, parts) = (StateColumns.HeadOf(row), StateColumns.PartsOf(row));
            var isSealed = StateColumns.IsSealed(row, head, parts);
            if (isSealed == false) throw new BrokenRecordException(stream, head.Sequence);
            if (isSealed == true && !fromEvents && model.Read(parts) is { } state) return new(state, head, row.ETag);

            var rebuilt = await RebuildAsync(model, stream, head, cancellationToken);
            if (model.Means(parts, rebuilt) == false) throw new BrokenRecordException(stream, head.Sequence);
            return new(rebuilt, head, row.ETag) { WasRebuilt = !fromEvents };
        }
        catch (BrokenRecordException exception)
        {
            if (broken is not null) await broken.ReportAsync(exception.Stream, cancellationToken);
            throw;
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            if (broken is not null) await broken.ReportAsync(stream, cancellationToken);
            throw new BrokenRecordException(stream, at: null, exception);
        }
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

    /// <summary>The receipt that was committed under this key, or null.</summary>
    public async ValueTask<Receipt?> FindReceiptAsync(StreamId stream, string key, CancellationToken cancellationToken = default) =>
        await store.GetAsync(stream.Table, stream.Id, ReceiptRow(key), cancellationToken) is { } row
            // One that cannot be read still says that the key was used.
            ? Unreadable.TryRead(row, one => ReceiptOf(key, one), out var receipt) ? receipt : new(key, "", 0)
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
        var eventHash = newest.Record.State is null ? null : newest.Record.EventHash(stream);
        var columns = StateColumns.Write(new(newest.Sequence, newest.Hash), state, eventHash);
        List<Change> changes = [etag is null ? new Insert(StateRow, columns) : new Replace(StateRow, columns, etag)];
        changes.AddRange(events.Select(recorded => new Insert(EventColumns.Row(recorded.Sequence), EventColumns.Write(recorded.Record))));
        changes.AddRange(outbox.Select((item, index) => new Insert(
            OutboxColumns.Row(newest.Sequence, index),
            new Dictionary<string, object> { ["Kind"] = item.Kind, ["Data"] = JsonSerializer.Serialize<object>(item, StreamJson.Options) })));
        if (receipt is not null)
        {
            changes.Add(new Insert(
                ReceiptRow(receipt.Key),
                new Dictionary<string, object> { ["Command"] = receipt.CommandHash, ["Sequence"] = receipt.Sequence }));
        }

        await store.CommitAsync(stream.Table, stream.Id, changes, cancellationToken);
    }

    /// <summary>A page of what is still to be done about a stream's events, the oldest first.</summary>
    /// <param name="after">The row after which to begin; null for the oldest.</param>
    internal async ValueTask<IReadOnlyList<StoredOutboxItem>> OutboxAsync(
        StreamId stream,
        string? after,
        CancellationToken cancellationToken)
    {
        var all = RowRange.Prefix(OutboxColumns.Prefix);
        var page = await store.QueryAsync(
            stream.Table,
            stream.Id,
            after is null ? all : all with { From = after + "\0" },
            TableLimits.ChangesPerCommit,
            cancellationToken: cancellationToken);
        return [.. page.Entities.Select(OutboxColumns.ReadOrNothing)];
    }

    /// <summary>Removes items that were done.</summary>
    internal async Task ClearOutboxAsync(StreamId stream, IReadOnlyList<string> rows, CancellationToken cancellationToken) =>
        await store.CommitAsync(stream.Table, stream.Id, [.. rows.Select(row => new Delete(row))], cancellationToken);

    /// <summary>Keeps how often an item has failed.</summary>
    /// <exception cref="EntityChangedException">Another dispatcher did it, or keeps its own.</exception>
    internal async Task KeepOutboxItemAsync(StreamId stream, StoredOutboxItem item, CancellationToken cancellationToken) =>
        await store.CommitAsync(
            stream.Table,
            stream.Id,
            [new Replace(item.Row, OutboxColumns.Write(item), item.ETag)],
            cancellationToken);

    /// <summary>The state that the events make, each of which has to be as it was recorded.</summary>
    internal async Task<TState> RebuildAsync<TState>(
        StreamModel<TState> model,
        StreamId stream,
        StreamHead head,
        CancellationToken cancellationToken)
        where TState : class
    {
        TState? state = null;
        var last = StreamHead.Start;
        await foreach (
            var entity in store.ReadAllAsync(stream.Table, stream.Id, EventColumns.Through(head.Sequence), cancellationToken))
        {
            var record = EventColumns.TryRead(entity);
            if (record is null || !Follows(stream, last, record)) throw new BrokenRecordException(stream, last.Sequence + 1);
            state = model.Apply(state, model.Events.Read(record.Type, record.Data), record.Info);
            last = new(record.Info.Sequence, record.Hash);
        }

        return last == head && state is not null
            ? state : throw new BrokenRecordException(stream, Math.Min(last.Sequence + 1, head.Sequence));
    }

    /// <summary>Whether the record is as it was recorded, and the next one.</summary>
    private static bool Follows(StreamId stream, StreamHead last, EventRecord record) =>
        record.Info.Sequence == last.Sequence + 1 && record.PreviousHash == last.Hash && record.IsIntact(stream);

    internal static Receipt ReceiptOf(string key, Entity row) =>
        new(key, (string)row.Properties["Command"], (long)row.Properties["Sequence"]);

    private static RecordedEvent EventOf(EventTypes types, StreamId stream, Entity entity)
    {
        try
        {
            var record = EventColumns.Read(entity);
            return new(stream, record, types.Read(record.Type, record.Data));
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            throw new BrokenRecordException(stream, EventColumns.SequenceOf(entity.Row), exception);
        }
    }

    /// <summary>A key comes from outside and may hold what a row must not: its hash may not.</summary>
    private static string ReceiptRow(string key) => ReceiptPrefix + Hashing.OfText(key);
}
