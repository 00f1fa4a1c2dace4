using MappaFlows.Tables;

namespace MappaFlows.Web.Tests;

/// <summary>A store that can be told to be full or gone.</summary>
internal sealed class FailingStore : ITableStore
{
    private ITableStore? _inner;

    public bool IsFailing { get; set; }

    /// <summary>It reads, and writes no more.</summary>
    public bool IsFull { get; set; }

    private ITableStore Inner => IsFailing ? throw new TableUnavailableException("The store's file could not be written.") : _inner!;

    public ITableStore Around(ITableStore store)
    {
        _inner = store;
        return this;
    }

    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default) =>
        Inner.GetAsync(table, partition, row, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(
        string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken = default) =>
        Inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default) =>
        IsFull
            ? throw new TableUnavailableException("The store's file could not be written.")
            : Inner.CommitAsync(table, partition, changes, cancellationToken);
}
