using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>Does what stands in a stream's outbox, in order, and removes what is done. Safe to run twice and side by side.</summary>
public sealed partial class OutboxDispatcher(
    StreamStore streams,
    OutboxIndex index,
    OutboxHandlers handlers,
    ILogger<OutboxDispatcher> logger)
{
    private readonly ConcurrentDictionary<StreamId, SemaphoreSlim> _busy = new();

    /// <summary>Does all that can be done now.</summary>
    /// <returns>Whether the outbox is empty afterwards. What failed is logged and stays for the sweep.</returns>
    public async Task<bool> TryDispatchAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var turn = _busy.GetOrAdd(stream, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await DispatchAsync(stream, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogPostponed(exception, stream);
            return false;
        }
        finally
        {
            turn.Release();
            if (turn.CurrentCount == 1) _busy.TryRemove(new(stream, turn));
        }
    }

    private async Task<bool> DispatchAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var entries = await index.FindAsync(stream, cancellationToken);
        if (entries.Count == 0) return true;

        // Read before the outbox: what was committed by then is in the outbox, and only its entries may go.
        var version = await streams.HeadAsync(stream, cancellationToken) is { Sequence: var sequence } ? sequence : 0;
        var empty = true;
        while (await streams.OutboxAsync(stream, cancellationToken) is { Count: > 0 } items)
        {
            var done = new List<string>(items.Count);
            foreach (var item in items)
            {
                if (await TryDoAsync(stream, item, cancellationToken)) done.Add(item.Row);
            }

            if (done.Count > 0) await streams.ClearOutboxAsync(stream, done, cancellationToken);
            if (done.Count == items.Count) continue;
            empty = false;
            break;
        }

        if (empty) await index.ClearAsync(entries, version, cancellationToken);
        return empty;
    }

    /// <summary>Does one item. One that fails does not hold up those behind it.</summary>
    private async Task<bool> TryDoAsync(StreamId stream, StoredOutboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await handlers.HandleAsync(stream.Id, item, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, stream, item.Kind);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of {Stream} waits for the sweep.")]
    private partial void LogPostponed(Exception exception, StreamId stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Item} item of {Stream} failed and stays in the outbox.")]
    private partial void LogFailed(Exception exception, StreamId stream, string item);
}
