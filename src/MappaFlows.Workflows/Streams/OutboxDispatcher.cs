using System.Collections.Concurrent;
using System.Text.Json;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Does what stands in a stream's outbox, in order, and removes what is done. What fails lets the others pass, waits, and is set aside after
/// too many times. Safe to run twice and side by side.
/// </summary>
public sealed partial class OutboxDispatcher(
    StreamStore streams,
    OutboxIndex index,
    OutboxHandlers handlers,
    SetAsideItems setAside,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger)
{
    /// <summary>So many failures are tried again by the next sweep; after that an item waits, up to <see cref="MaxMinutes"/>.</summary>
    private const int SoonFailures = 3;

    private const int MaxMinutes = 60;

    /// <summary>After so many failures, about a day, an item is set aside.</summary>
    private const int MaxFailures = 30;

    /// <summary>The same for one that cannot succeed, because it cannot be read or is too large.</summary>
    private const int MaxHopelessFailures = 5;

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
        var (empty, after) = (true, (string?)null);
        while (await streams.OutboxAsync(stream, after, cancellationToken) is { Count: > 0 } items)
        {
            var done = new List<string>(items.Count);
            foreach (var item in items)
            {
                if (item.NextAt <= time.GetUtcNow() || item.NextAt is null)
                {
                    var result = await TryDoAsync(stream, item, cancellationToken);
                    if (result == Outcome.Done) done.Add(item.Row);
                    empty &= result != Outcome.Stays;
                }
                else
                {
                    empty = false;
                }
            }

            // Those that fail stay where they are, and the others are done: the next page begins behind them.
            if (done.Count > 0) await streams.ClearOutboxAsync(stream, done, cancellationToken);
            after = items[^1].Row;
        }

        if (empty) await index.ClearAsync(entries, version, cancellationToken);
        return empty;
    }

    /// <summary>Does one item. One that fails does not hold up those behind it.</summary>
    private async Task<Outcome> TryDoAsync(StreamId stream, StoredOutboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await handlers.HandleAsync(stream.Id, item, cancellationToken) ? Outcome.Done : Outcome.Stays;
        }
        catch (TableUnavailableException exception)
        {
            // The store is away, and with it the place to count this.
            LogFailed(exception, stream, item.Kind);
            return Outcome.Stays;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, stream, item.Kind);
            return await KeepFailureAsync(stream, item, exception, cancellationToken);
        }
    }

    /// <summary>Lets an item that failed wait, each time longer; after too many times it is set aside, for a person to see.</summary>
    private async Task<Outcome> KeepFailureAsync(
        StreamId stream,
        StoredOutboxItem item,
        Exception exception,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = item.Failures + 1;
        var failed = item with
        {
            Failures = failures,
            FailedSince = item.FailedSince ?? now,
            NextAt = failures < SoonFailures ? null : now + BackOff(failures),
        };
        try
        {
            // What cannot be read, or is too large, will not be otherwise tomorrow.
            var isHopeless = exception is TableLimitException or JsonException or BrokenRecordException or UnknownItemException;
            if (failures >= (isHopeless ? MaxHopelessFailures : MaxFailures))
            {
                await setAside.PutAsync(stream, failed, exception.GetType().Name, cancellationToken);
                return Outcome.SetAside;
            }

            await streams.KeepOutboxItemAsync(stream, failed, cancellationToken);
        }
        catch (EntityChangedException)
        {
            // Another dispatcher was first.
        }

        return Outcome.Stays;
    }

    private static TimeSpan BackOff(int failures) =>
        TimeSpan.FromMinutes(Math.Min(MaxMinutes, Math.Pow(2, Math.Min(failures - SoonFailures, 10))));

    private enum Outcome
    {
        Done,
        Stays,
        SetAside,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of {Stream} waits for the sweep.")]
    private partial void LogPostponed(Exception exception, StreamId stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Item} item of {Stream} failed and stays in the outbox.")]
    private partial void LogFailed(Exception exception, StreamId stream, string item);
}
