using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task An_insert_over_an_entity_is_refused_and_changes_nothing()
    {
        await CommitOne("p", new Insert("r", Text("first")));
        var refused = await Assert.ThrowsAsync<EntityExistsException>(() => CommitOne("p", new Insert("r", Text("second"))));
        Assert.Equal("r", refused.Row);
        Assert.Equal("first", await TextOf("p", "r"));
    }

    [Fact]
    public async Task A_replacement_takes_away_what_it_does_not_name()
    {
        var etag = await CommitOne("p", new Insert("r", new Dictionary<string, object> { ["Text"] = "first", ["Other"] = 1 }));
        var next = await CommitOne("p", new Replace("r", Text("second"), etag));
        Assert.NotEqual(etag, next);
        Assert.Equal(Text("second"), (await Store.GetAsync(Table, "p", "r"))!.Properties);
    }

    [Fact]
    public async Task A_replacement_with_an_old_etag_is_refused_and_changes_nothing()
    {
        var old = await CommitOne("p", new Insert("r", Text("first")));
        await CommitOne("p", new Replace("r", Text("second"), old));
        var refused = await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Replace("r", Text("third"), old)));
        Assert.Equal("r", refused.Row);
        Assert.Equal("second", await TextOf("p", "r"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("not an etag")]
    public async Task A_text_that_is_no_etag_matches_nothing(string etag)
    {
        await CommitOne("p", new Insert("r", Text("first")));
        await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Replace("r", Text("second"), etag)));
        await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Delete("r", etag)));
        Assert.Equal("first", await TextOf("p", "r"));
    }

    [Fact]
    public async Task A_replacement_or_conditional_deletion_of_nothing_is_refused()
    {
        var etag = await CommitOne("p", new Insert("r", Text("first")));
        await CommitOne("p", new Delete("r"));
        await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Replace("r", Text("second"), etag)));
        await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Delete("r", etag)));
        Assert.Null(await Store.GetAsync(Table, "p", "r"));
    }

    [Fact]
    public async Task An_etag_is_not_good_for_the_entity_that_came_after_a_deletion()
    {
        var etag = await CommitOne("p", new Insert("r", Text("first")));
        await CommitOne("p", new Delete("r", etag));
        await CommitOne("p", new Insert("r", Text("first")));
        await Assert.ThrowsAsync<EntityChangedException>(() => CommitOne("p", new Replace("r", Text("second"), etag)));
    }

    [Fact]
    public async Task An_upsert_adds_and_replaces_whole()
    {
        var first = await CommitOne("p", new Upsert("r", new Dictionary<string, object> { ["Text"] = "first", ["Other"] = 1 }));
        var second = await CommitOne("p", new Upsert("r", Text("second")));
        Assert.NotEqual(first, second);
        Assert.Equal(Text("second"), (await Store.GetAsync(Table, "p", "r"))!.Properties);
        await CommitOne("p", new Replace("r", Text("third"), second));
        Assert.Equal("third", await TextOf("p", "r"));
    }

    [Fact]
    public async Task A_deletion_answers_an_empty_etag_and_the_row_can_be_inserted_again()
    {
        var etag = await CommitOne("p", new Insert("r", Text("first")));
        Assert.Equal("", await CommitOne("p", new Delete("r", etag)));
        Assert.Null(await Store.GetAsync(Table, "p", "r"));
        await CommitOne("p", new Insert("r", Text("again")));
        Assert.Equal("again", await TextOf("p", "r"));
    }

    [Fact]
    public async Task A_deletion_of_whatever_is_there_is_quiet_where_there_is_nothing()
    {
        Assert.Equal("", await CommitOne("p", new Delete("r")));
        await Fill("p", ["b", "d"]);
        var etags = await Store.CommitAsync(
            Table, "p", [new Delete("a"), new Delete("b"), new Insert("c", Text("c")), new Delete("x"), new Upsert("d", Text("D"))]);
        Assert.Equal([true, true, false, true, false], etags.Select(etag => etag == ""));
        Assert.Equal(["c", "d"], await Rows("p", RowRange.All, 10));
        Assert.Equal(etags[2], (await Store.GetAsync(Table, "p", "c"))!.ETag);
        Assert.Equal(etags[4], (await Store.GetAsync(Table, "p", "d"))!.ETag);
    }

    [Fact]
    public async Task A_commit_of_a_hundred_changes_is_made_whole_with_an_etag_for_each()
    {
        await Fill("p", Enumerable.Range(0, 50).Select(number => $"r{number:D3}"));
        var there = (await Store.QueryAsync(Table, "p", RowRange.All)).Entities;
        List<Change> changes =
        [
            .. there.Take(20).Select(entity => new Delete(entity.Row, entity.ETag)),
            .. there.Skip(20).Take(20).Select(entity => new Replace(entity.Row, Text("new"), entity.ETag)),
            .. there.Skip(40).Select(entity => new Upsert(entity.Row, Text("new"))),
            .. Enumerable.Range(50, 50).Select(number => new Insert($"r{number:D3}", Text("new"))),
        ];
        Assert.Equal(TableLimits.ChangesPerCommit, changes.Count);
        var etags = await Store.CommitAsync(Table, "p", changes);

        var after = (await Store.QueryAsync(Table, "p", RowRange.All)).Entities;
        Assert.Equal(Enumerable.Range(20, 80).Select(number => $"r{number:D3}"), after.Select(entity => entity.Row));
        Assert.All(after, entity => Assert.Equal("new", entity.Properties["Text"]));
        Assert.Equal(etags.Skip(20), after.Select(entity => entity.ETag));
        Assert.All(etags.Take(20), etag => Assert.Equal("", etag));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(99)]
    public async Task A_refused_change_anywhere_in_a_commit_leaves_nothing_of_it_behind(int refusedAt)
    {
        await CommitOne("p", new Insert("keep", Text("old")));
        await CommitOne("p", new Insert("gone", Text("old")));
        for (var kind = 0; kind < 3; kind++)
        {
            var changes = Enumerable.Range(0, 99).Select(Change (number) => new Insert($"new{number:D2}", Text("new"))).ToList();
            changes[98] = new Upsert("keep", Text("new"));
            changes.Insert(refusedAt, kind switch
            {
                0 => new Insert("gone", Text("new")),
                1 => new Replace("gone", Text("new"), "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\""),
                _ => new Delete("never", "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\""),
            });
            var row = changes[refusedAt].Row;
            if (kind == 0)
            {
                Assert.Equal(
                    row,
                    (await Assert.ThrowsAsync<EntityExistsException>(async () => await Store.CommitAsync(Table, "p", changes))).Row);
            }
            else
            {
                Assert.Equal(
                    row,
                    (await Assert.ThrowsAsync<EntityChangedException>(async () => await Store.CommitAsync(Table, "p", changes))).Row);
            }
        }
        Assert.Equal(["gone", "keep"], await Rows("p", RowRange.All, 1000));
        Assert.Equal("old", await TextOf("p", "keep"));
        Assert.Equal("old", await TextOf("p", "gone"));
    }

    [Fact]
    public async Task What_the_caller_passed_can_be_changed_afterwards()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var properties = new Dictionary<string, object> { ["Bytes"] = bytes };
        var commit = Store.CommitAsync(Table, "p", [new Insert("r", properties)]);
        await commit;
        bytes[0] = 9;
        properties["Bytes"] = "other";
        Assert.Equal(new byte[] { 1, 2, 3 }, (await Store.GetAsync(Table, "p", "r"))!.Properties["Bytes"]);
    }

    [Fact]
    public async Task A_commit_that_was_cancelled_before_it_began_is_not_made()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.CommitAsync(Table, "p", [new Insert("r", Text("never"))], new CancellationToken(canceled: true)));
        Assert.Null(await Store.GetAsync(Table, "p", "r"));
    }
}
