using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>A store that asks a test before each commit: to count it, or to hold it back.</summary>
internal sealed class HookedStore(ITableStore inner, Func<IReadOnlyList<Change>, CancellationToken, Task> beforeCommit) : ITableStore
{
    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default) =>
        inner.GetAsync(table, partition, row, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(
        string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken = default) =>
        inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default)
    {
        await beforeCommit(changes, cancellationToken);
        return await inner.CommitAsync(table, partition, changes, cancellationToken);
    }
}
