using System.Runtime.CompilerServices;

namespace MappaFlows.Tables;

public static class TableStoreExtensions
{
    /// <summary>Every entity of a range in the order of its rows, read page by page.</summary>
    public static async IAsyncEnumerable<Entity> ReadAllAsync(
        this ITableStore store,
        string table,
        string partition,
        RowRange range,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? continuation = null;
        do
        {
            var page = await store.QueryAsync(table, partition, range, TableLimits.EntitiesPerPage, continuation, cancellationToken);
            foreach (var entity in page.Entities) yield return entity;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }
}
