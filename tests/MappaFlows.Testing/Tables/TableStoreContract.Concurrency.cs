using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task A_counter_that_many_raise_by_its_etag_loses_and_doubles_nothing()
    {
        const int Writers = 8;
        const int Raises = 12;
        await CommitOne("p", new Insert("counter", new Dictionary<string, object> { ["Count"] = 0 }));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var raised = 0; raised < Raises;)
            {
                var counter = (await Store.GetAsync(Table, "p", "counter"))!;
                var next = new Dictionary<string, object> { ["Count"] = (int)counter.Properties["Count"] + 1 };
                try
                {
                    await CommitOne("p", new Replace("counter", next, counter.ETag));
                    raised++;
                }
                catch (EntityChangedException)
                {
                    // Somebody else was first.
                }
            }
        })));
        Assert.Equal(Writers * Raises, (await Store.GetAsync(Table, "p", "counter"))!.Properties["Count"]);
    }

    [Fact]
    public async Task Of_many_that_insert_one_row_exactly_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var row = $"r{round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
            {
                try
                {
                    await Store.CommitAsync(Table, "p", [new Insert($"{row}-{writer}", Text("x")), new Insert(row, Text(writer.ToString()))]);
                    return writer;
                }
                catch (EntityExistsException)
                {
                    return -1;
                }
            })));
            var winner = Assert.Single(outcomes, outcome => outcome >= 0);
            Assert.Equal(winner.ToString(), await TextOf("p", row));
            Assert.Equal([$"{row}-{winner}"], await Rows("p", RowRange.Prefix(row + "-"), 100));
        }
    }

    [Fact]
    public async Task A_reader_beside_the_writers_sees_a_commit_whole_or_not_at_all()
    {
        using var done = new CancellationTokenSource();
        await Store.CommitAsync(Table, "p", [.. Enumerable.Range(0, 10).Select(number => new Insert($"r{number}", Text("0")))]);
        var reader = Task.Run(async () =>
        {
            var reads = 0;
            while (!done.IsCancellationRequested || reads == 0)
            {
                var page = await Store.QueryAsync(Table, "p", RowRange.All);
                Assert.Equal(10, page.Entities.Count);
                Assert.Single(page.Entities.Select(entity => entity.Properties["Text"]).Distinct());
                reads++;
            }
        });
        for (var round = 1; round <= 40; round++)
            await Store.CommitAsync(Table, "p", [.. Enumerable.Range(0, 10).Select(number => new Upsert($"r{number}", Text(round.ToString())))]);
        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Many_commits_at_once_are_all_made_and_those_refused_harm_no_other()
    {
        await CommitOne("p00", new Insert("taken", Text("x")));
        var commits = Enumerable.Range(0, 120).Select(number => Task.Run(async () =>
        {
            var partition = $"p{number % 7:D2}";
            // Each tenth commit runs into the row that is there already.
            var refused = number % 10 == 0;
            Change[] changes = [new Insert($"a{number:D3}", Text("x")), new Insert(refused ? "taken" : $"b{number:D3}", Text("x"))];
            try
            {
                await Store.CommitAsync(Table, refused ? "p00" : partition, changes);
                return !refused;
            }
            catch (EntityExistsException)
            {
                return refused;
            }
        }));
        Assert.All(await Task.WhenAll(commits), Assert.True);
        var rows = 0;
        for (var partition = 0; partition < 7; partition++)
            rows += (await Rows($"p{partition:D2}", RowRange.All, 1000)).Count;
        Assert.Equal(1 + (2 * 108), rows);
    }
}
