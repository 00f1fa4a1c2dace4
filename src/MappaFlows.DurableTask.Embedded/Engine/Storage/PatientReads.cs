using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>
/// A store whose reads wait until it answers, however long it is away. The engine's own reads have no caller to report to: one that gave
/// up would leave a message, a timer or an instance lying until the next restart, or quarantine it for what is not its fault.
/// </summary>
internal sealed class PatientReads(ITableStore inner, TimeProvider time, ILogger logger) : ITableStore
{
    private static readonly TimeSpan DelayPerAttempt = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.GetAsync(table, partition, row, cancellationToken), cancellationToken);

    public ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.QueryAsync(table, partition, range, take, continuation, cancellationToken), cancellationToken);

    /// <summary>As the store below does it: only the caller knows whether a commit may be repeated.</summary>
    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(table, partition, changes, cancellationToken);

    private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (TableUnavailableException e)
            {
                Log.StoreUnavailable(logger, attempt, e);
            }
            var delay = attempt * DelayPerAttempt;
            await Task.Delay(delay < MaxDelay ? delay : MaxDelay, time, cancellationToken);
        }
    }
}
