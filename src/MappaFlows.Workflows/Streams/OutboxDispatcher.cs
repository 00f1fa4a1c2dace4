using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>Does what stands in a case's outbox, in order, and takes off what is done. Safe to run twice and side by side.</summary>
public sealed partial class OutboxDispatcher(
    CaseStreamStore cases,
    OutboxIndex pending,
    OutboxHandlers handlers,
    ILogger<OutboxDispatcher> logger)
{
    private readonly ConcurrentDictionary<CaseReference, SemaphoreSlim> _busy = new();

    /// <summary>Does all that can be done now.</summary>
    /// <returns>Whether the outbox is empty afterwards. What failed is logged and stays for the sweep.</returns>
    public async Task<bool> TryDispatchAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        var turn = _busy.GetOrAdd(reference, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await DispatchAsync(reference, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogPostponed(exception, reference);
            return false;
        }
        finally
        {
            turn.Release();
            if (turn.CurrentCount == 1) _busy.TryRemove(new(reference, turn));
        }
    }

    private async Task<bool> DispatchAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        var marks = await pending.FindAsync(reference, cancellationToken);
        if (marks.Count == 0) return true;

        // Read before the outbox: what was committed by then is in the outbox, and only its marks may go.
        var version = await cases.VersionAsync(reference, cancellationToken);
        var empty = true;
        while (await cases.OutboxAsync(reference, cancellationToken) is { Count: > 0 } items)
        {
            var done = new List<string>(items.Count);
            foreach (var (row, item) in items)
            {
                if (await TryDoAsync(reference, item, cancellationToken)) done.Add(row);
            }

            if (done.Count > 0) await cases.ClearOutboxAsync(reference, done, cancellationToken);
            if (done.Count == items.Count) continue;
            empty = false;
            break;
        }

        if (empty) await pending.ClearAsync(marks, version, cancellationToken);
        return empty;
    }

    /// <summary>Does one item. One that fails does not hold up those behind it.</summary>
    private async Task<bool> TryDoAsync(CaseReference reference, OutboxItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await handlers.HandleAsync(reference.ToString(), item, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, reference, item.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of case {Reference} waits for the sweep.")]
    private partial void LogPostponed(Exception exception, CaseReference reference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Item} of case {Reference} failed and stays in the outbox.")]
    private partial void LogFailed(Exception exception, CaseReference reference, string item);
}
