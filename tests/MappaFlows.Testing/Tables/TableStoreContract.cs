using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

/// <summary>
/// What every table store must do. A backend's tests derive from this and say which store; each test has a table of its own, so that
/// tests can share a store and run side by side.
/// </summary>
public abstract partial class TableStoreContract
{
    /// <summary>The store under test.</summary>
    protected abstract ITableStore Store { get; }

    /// <summary>A table of this test alone.</summary>
    protected string Table { get; } = "T" + Guid.NewGuid().ToString("N");

    /// <summary>Properties with one text.</summary>
    protected static Dictionary<string, object> Text(string text) => new() { ["Text"] = text };

    private async Task<string> CommitOne(string partition, Change change) =>
        (await Store.CommitAsync(Table, partition, [change]))[0];

    private async Task<string?> TextOf(string partition, string row) =>
        (await Store.GetAsync(Table, partition, row))?.Properties["Text"] as string;

    /// <summary>Every row key of a range, page by page.</summary>
    private async Task<List<string>> Rows(string partition, RowRange range, int take)
    {
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Store.QueryAsync(Table, partition, range, take, continuation);
            Assert.InRange(page.Entities.Count, 0, take);
            rows.AddRange(page.Entities.Select(entity => entity.Row));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }

    private async Task Fill(string partition, IEnumerable<string> rows)
    {
        foreach (var chunk in rows.Chunk(TableLimits.ChangesPerCommit))
            await Store.CommitAsync(Table, partition, [.. chunk.Select(row => new Insert(row, Text(row)))]);
    }
}
