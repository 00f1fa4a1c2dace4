using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Looks at what the engine keeps.</summary>
internal static class EngineRows
{
    public const string Table = "DurableEngine";

    public static async Task<List<Entity>> WithPrefixAsync(ITableStore store, string prefix)
    {
        var rows = new List<Entity>();
        var cancellation = TestContext.Current.CancellationToken;
        await foreach (var entity in store.ReadAllAsync(Table, Keys.Partition, RowRange.Prefix(prefix), cancellation))
            rows.Add(entity);
        return rows;
    }

    /// <summary>
    /// When every instance has ended nothing is on its way, nothing is set, and each history has just the rows that its head counts.
    /// </summary>
    public static async Task AssertTidyAsync(ITableStore store)
    {
        foreach (var prefix in new[] { Keys.Carried, Keys.Messages, Keys.Ready, Keys.Timers, Keys.Redo, Keys.Posted, Keys.Quarantined })
            Assert.True(await WithPrefixAsync(store, prefix) is [], $"Rows are left under {prefix}");
        var counted = 0;
        foreach (var entity in await WithPrefixAsync(store, Keys.Heads))
        {
            var head = Head.From(entity);
            Assert.False(head.IsLive);
            var (_, rows) = await TurnRows.ReadAsync(store, Table, head.InstanceId, head.Generation, TestContext.Current.CancellationToken);
            Assert.Equal(head.Rows, rows);
            counted += rows;
        }
        Assert.Equal(counted, (await WithPrefixAsync(store, "i|")).Count);
    }
}
