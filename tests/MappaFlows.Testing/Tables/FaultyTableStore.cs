using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

/// <summary>
/// A store that fails as real ones do: before or after it acted, late, twice, out of order. What a call's outcome is, the plan says;
/// what the store holds is always what the store below holds.
/// </summary>
public sealed class FaultyTableStore(ITableStore inner, FaultPlan plan) : ITableStore
{
    // Where nobody comes later, a call that is held back must still go on.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly List<(StoreCall Call, Fault Fault)> _injected = [];
    private TaskCompletionSource _answered = NewSignal();
    private int _calls;

    /// <summary>False lets every call through, as after a storm.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The calls so far.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What was done to which call: print it where a test fails.</summary>
    public IReadOnlyList<(StoreCall Call, Fault Fault)> Injected
    {
        get
        {
            lock (_gate)
                return [.. _injected];
        }
    }

    /// <inheritdoc />
    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default) =>
        CallAsync(StoreOperation.Get, table, row, () => inner.GetAsync(table, partition, row, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default) =>
        CallAsync(
            StoreOperation.Query,
            table,
            range.From ?? "",
            () => inner.QueryAsync(table, partition, range, take, continuation, cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default) =>
        CallAsync(
            StoreOperation.Commit,
            table,
            changes.Count == 0 ? "" : changes[^1].Row,
            () => inner.CommitAsync(table, partition, changes, cancellationToken),
            cancellationToken);

    private async ValueTask<T> CallAsync<T>(
        StoreOperation operation,
        string table,
        string row,
        Func<ValueTask<T>> call,
        CancellationToken cancellationToken)
    {
        var (fault, next) = Plan(operation, table, row);
        try
        {
            switch (fault)
            {
                case Fault.FailBefore:
                    throw new TableUnavailableException("A planned fault: the store was not asked.");
                case Fault.FailAfter:
                    await call();
                    throw new TableUnavailableException("A planned fault: the answer was lost.");
                case Fault.Delay:
                    await Task.Delay(MaxDelay, cancellationToken);
                    return await call();
                case Fault.Double:
                    var answer = await call();
                    await RepeatAsync(call);
                    return answer;
                case Fault.Reorder:
                    await Task.WhenAny(next, Task.Delay(LongestHold, cancellationToken));
                    return await call();
                default:
                    return await call();
            }
        }
        finally
        {
            Answered();
        }
    }

    private static async Task RepeatAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            await call();
        }
        catch (TableStoreException)
        {
            // The repetition runs into what the first call did; the caller hears of neither.
        }
    }

    private (Fault Fault, Task Next) Plan(StoreOperation operation, string table, string row)
    {
        lock (_gate)
        {
            var call = new StoreCall(++_calls, operation, table, row);
            var fault = Enabled ? plan.FaultFor(call) : Fault.None;
            if (fault != Fault.None)
                _injected.Add((call, fault));
            return (fault, _answered.Task);
        }
    }

    private void Answered()
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            signal = _answered;
            _answered = NewSignal();
        }
        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
