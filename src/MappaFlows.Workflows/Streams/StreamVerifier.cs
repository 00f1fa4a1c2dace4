using MappaFlows.Tables;

namespace MappaFlows.Workflows.Streams;

/// <summary>Compares what is stored of a stream with what was recorded, also where someone changed rows in the store.</summary>
public sealed class StreamVerifier(ITableStore store, StreamStore streams)
{
    /// <summary>Whether every event still is what was recorded and none is missing, from the first to the newest.</summary>
    /// <param name="to">The event up to which to look; null for the newest, with which the events must then end.</param>
    /// <returns>
    /// The sequence of the first event that is not what was recorded, or null. It is that of <paramref name="to"/> where the events fit one
    /// another but end otherwise.
    /// </returns>
    public async Task<long?> VerifyAsync(StreamId stream, StreamHead? to = null, CancellationToken cancellationToken = default)
    {
        // The newest is read first: events that are committed meanwhile are beyond it.
        var last = to ?? await streams.HeadAsync(stream, cancellationToken) ?? StreamHead.Start;
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

    /// <summary>
    /// Looks at everything that is stored of a stream: whether its events are those that were recorded, whether the state is the one that
    /// they make, and whether every other row can be read. Never fails because of what is stored.
    /// </summary>
    public async Task<StreamCheck> CheckAsync<TState>(StreamModel<TState> model, string id, CancellationToken cancellationToken = default)
        where TState : class
    {
        var stream = model.Stream(id);
        var unreadable = await UnreadableAsync(stream, cancellationToken);
        Entity? row = null;
        StreamHead? head = null;
        IReadOnlyDictionary<string, StoredPart>? parts = null;
        try
        {
            row = await store.GetAsync(stream.Table, stream.Id, StreamStore.StateRow, cancellationToken);
            if (row is not null) (head, parts) = (StateColumns.HeadOf(row), StateColumns.PartsOf(row));
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            unreadable = [.. unreadable, StreamStore.StateRow];
        }

        if (head is not { } last || parts is null)
        {
            var brokenAt = await TryVerifyAsync(stream, head ?? new(EventColumns.MaxSequence, ""), cancellationToken);
            return new(brokenAt, IsState: false, unreadable);
        }

        try
        {
            var rebuilt = await streams.RebuildAsync(model, stream, last, cancellationToken);
            return new(null, StateColumns.IsSealed(row!, last, parts) != false && model.Means(parts, rebuilt) != false, unreadable);
        }
        catch (BrokenRecordException exception)
        {
            return new(exception.At ?? 1, IsState: null, unreadable);
        }
        catch (UnknownEventException)
        {
            // Its code is gone: the texts still verify, and there is nothing to compare the state with.
            return new(await TryVerifyAsync(stream, last, cancellationToken), IsState: null, unreadable);
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            return new(await TryVerifyAsync(stream, last, cancellationToken), IsState: false, unreadable);
        }
    }

    /// <summary>Whether the event of this number has this hash: what the state says of its newest event.</summary>
    public async Task<bool> HasAsync(StreamId stream, StreamHead head, CancellationToken cancellationToken = default) =>
        head.Sequence is > 0 and <= EventColumns.MaxSequence
        && await store.GetAsync(stream.Table, stream.Id, EventColumns.Row(head.Sequence), cancellationToken) is { } entity
        && EventColumns.TryRead(entity)?.Hash == head.Hash;

    private async Task<long?> TryVerifyAsync(StreamId stream, StreamHead to, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyAsync(stream, to, cancellationToken);
        }
        catch (Exception exception) when (Unreadable.Is(exception))
        {
            return 1;
        }
    }

    /// <summary>The rows of the outbox and the receipts that cannot be read, by their names.</summary>
    private async Task<IReadOnlyList<string>> UnreadableAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        try
        {
            await FindAsync(OutboxColumns.Prefix, OutboxColumns.Read);
            await FindAsync(StreamStore.ReceiptPrefix, row => StreamStore.ReceiptOf("", row));
        }
        catch (TableFileException)
        {
            found.Add("*");
        }

        return found;

        async Task FindAsync<T>(string prefix, Func<Entity, T> read)
        {
            await foreach (var row in store.ReadAllAsync(stream.Table, stream.Id, RowRange.Prefix(prefix), cancellationToken))
                if (!Unreadable.TryRead(row, read, out _)) found.Add(row.Row);
        }
    }
}
