using MappaFlows.Tables.Tests.OtherProcess;

namespace MappaFlows.Tables.Tests;

/// <summary>One file and more than one process: killed, waiting, writing side by side.</summary>
public sealed class SqliteProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_killed_while_it_writes_loses_nothing_that_it_was_answered()
    {
        var answered = new HashSet<string>();
        for (var kill = 1; kill <= 5; kill++)
        {
            using var child = ChildProcess.Start(ChildRoles.Write, File);
            // Each life is longer than the one before, so that the kills hit different states of the log.
            for (var lines = 0; lines < 60 * kill; lines++)
                answered.Add((await child.ReadLineAsync())!);
            // The last line may be cut off by the kill: only whole names were answered for certain.
            answered.UnionWith((await child.KillAsync()).Where(line => line.Length == answered.First().Length));

            await using var store = new SqliteTableStore(File);
            var kept = await RowsAsync(store);
            Assert.Empty(answered.Except(kept));
        }
        Assert.True(answered.Count >= 60 * 15);
    }

    [Fact]
    public async Task A_file_that_another_process_holds_makes_a_commit_wait_and_not_fail()
    {
        await using var store = new SqliteTableStore(File);
        using var child = ChildProcess.Start(ChildRoles.Hold, File);
        Assert.Equal("held", await child.ReadLineAsync());

        var commit = store.CommitAsync("Abc", "p", [new Insert("r", new Dictionary<string, object>())]).AsTask();
        // A read is not held up by it.
        Assert.Null(await store.GetAsync("Abc", "p", "r"));
        Assert.False(commit.IsCompleted);

        await child.EndAsync();
        await commit;
        Assert.NotNull(await store.GetAsync("Abc", "p", "r"));
    }

    [Fact]
    public async Task A_file_that_another_process_holds_is_opened_once_it_is_free()
    {
        await new SqliteTableStore(File).DisposeAsync();
        using var child = ChildProcess.Start(ChildRoles.Hold, File);
        Assert.Equal("held", await child.ReadLineAsync());
        var opening = Task.Run(() => new SqliteTableStore(File));
        await child.EndAsync();
        await (await opening).DisposeAsync();
    }

    [Fact]
    public async Task Two_processes_write_one_file_side_by_side_and_neither_starves_or_loses()
    {
        await using var store = new SqliteTableStore(File);
        using var first = ChildProcess.Start(ChildRoles.Write, File);
        using var second = ChildProcess.Start(ChildRoles.Write, File);
        var answered = new HashSet<string>();
        // While both write without a pause, each must get through two hundred commits, and so must we.
        var turns = await Task.WhenAll(ReadAsync(first, 200), ReadAsync(second, 200));
        for (var number = 0; number < 20; number++)
        {
            await store.CommitAsync(ChildRoles.Table, ChildRoles.Partition, [new Insert($"here-{number}", new Dictionary<string, object>())]);
            answered.Add($"here-{number}");
        }
        foreach (var lines in turns.Concat(await Task.WhenAll(first.EndAsync(), second.EndAsync())))
            answered.UnionWith(lines);
        var kept = await RowsAsync(store);
        Assert.Equal(answered.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        Assert.Equal(kept.Count, kept.Distinct().Count());
    }

    private static async Task<List<string>> ReadAsync(ChildProcess child, int count)
    {
        var lines = new List<string>();
        while (lines.Count < count)
            lines.Add((await child.ReadLineAsync())!);
        return lines;
    }

    private static async Task<List<string>> RowsAsync(ITableStore store)
    {
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = await store.QueryAsync(ChildRoles.Table, ChildRoles.Partition, RowRange.All, continuation: continuation);
            rows.AddRange(page.Entities.Select(entity => entity.Row));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }
}
