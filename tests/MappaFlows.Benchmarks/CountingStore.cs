using MappaFlows.Tables;

namespace MappaFlows.Benchmarks;

/// <summary>Counts what goes to the store, so that the floor can be asked to do as much.</summary>
internal sealed class CountingStore(ITableStore inner) : ITableStore
{
    private long _rows;
    private long _commits;

    public long Rows => Interlocked.Read(ref _rows);

    public long Commits => Interlocked.Read(ref _commits);

    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken) =>
        inner.GetAsync(table, partition, row, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(
        string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken) =>
        inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _rows, changes.Count);
        Interlocked.Increment(ref _commits);
        return inner.CommitAsync(table, partition, changes, cancellationToken);
    }
}
