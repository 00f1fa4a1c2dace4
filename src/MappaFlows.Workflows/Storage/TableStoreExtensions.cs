using System.Runtime.CompilerServices;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Storage;

internal static class TableStoreExtensions
{
    /// <summary>Reads a range page by page.</summary>
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
