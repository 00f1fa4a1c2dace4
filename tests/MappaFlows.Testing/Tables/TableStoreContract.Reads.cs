using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task A_table_that_was_never_written_to_is_empty()
    {
        Assert.Null(await Store.GetAsync(Table, "p", "r"));
        var page = await Store.QueryAsync(Table, "p", RowRange.All);
        Assert.Empty(page.Entities);
        Assert.Null(page.Continuation);
    }

    [Fact]
    public async Task An_entity_is_read_as_it_was_written_with_the_etag_that_its_commit_answered()
    {
        var etag = await CommitOne("p", new Insert("r", Text("hello")));
        var entity = await Store.GetAsync(Table, "p", "r");
        Assert.NotNull(entity);
        Assert.Equal(("p", "r", etag), (entity.Partition, entity.Row, entity.ETag));
        Assert.Equal(Text("hello"), entity.Properties);
        Assert.Equal(etag, Assert.Single((await Store.QueryAsync(Table, "p", RowRange.All)).Entities).ETag);
    }

    [Fact]
    public async Task A_row_is_found_in_its_own_partition_and_table_only()
    {
        await CommitOne("p", new Insert("r", Text("here")));
        Assert.Null(await Store.GetAsync(Table, "q", "r"));
        Assert.Null(await Store.GetAsync(Table + "x", "p", "r"));
        Assert.Null(await Store.GetAsync(Table, "p", "R"));
        Assert.Empty((await Store.QueryAsync(Table, "q", RowRange.All)).Entities);
    }

    [Fact]
    public async Task A_tables_name_is_the_same_in_any_letter_case()
    {
        await CommitOne("p", new Insert("r", Text("here")));
        Assert.NotNull(await Store.GetAsync(Table.ToUpperInvariant(), "p", "r"));
        await Assert.ThrowsAsync<EntityExistsException>(async () =>
            await Store.CommitAsync(Table.ToLowerInvariant(), "p", [new Insert("r", Text("again"))]));
    }

    [Fact]
    public async Task Rows_come_in_ordinal_order_however_they_were_written()
    {
        string[] rows = ["b", "a", "B", "A", "10", "9", "é", "ab", "a-", "a_", "~", "Z", "\u00df", "\u4e2d", "\uFFFD", "\uE000", "😀", "😀a", "𐀀", "\uD7FF"];
        await Fill("p", rows);
        Assert.Equal(rows.Order(StringComparer.Ordinal), await Rows("p", RowRange.All, 1000));
    }

    [Theory]
    [InlineData("b", "d", "b,c")]
    [InlineData(null, "c", "a,b")]
    [InlineData("c", null, "c,d,e")]
    [InlineData("bb", "dd", "c,d")]
    [InlineData("d", "b", "")]
    [InlineData("b", "b", "")]
    [InlineData("", "", "")]
    public async Task A_range_has_its_start_and_not_its_end(string? from, string? to, string expected)
    {
        await Fill("p", ["a", "b", "c", "d", "e"]);
        Assert.Equal(expected, string.Join(',', await Rows("p", new RowRange(from, to), 1000)));
    }

    [Fact]
    public async Task A_prefix_finds_exactly_the_rows_that_start_with_it()
    {
        await Fill("p", ["e", "ev", "ev-1", "ev-2", "ev-\uFFFD", "ew", "EV-3", "f"]);
        Assert.Equal(["ev-1", "ev-2", "ev-\uFFFD"], await Rows("p", RowRange.Prefix("ev-"), 1000));
        Assert.Equal(["ev", "ev-1", "ev-2", "ev-\uFFFD"], await Rows("p", RowRange.Prefix("ev"), 2));
        Assert.Equal(8, (await Rows("p", RowRange.Prefix(""), 1000)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(249)]
    [InlineData(250)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_hold_every_row_once_and_in_order(int take)
    {
        var rows = Enumerable.Range(0, 250).Select(number => $"r{number:D4}").ToList();
        await Fill("p", rows);
        await Fill("q", ["r0000", "zzz"]);
        var all = take > 1 ? rows : rows[..20];
        Assert.Equal(all, await Rows("p", new RowRange(null, all.Count < rows.Count ? rows[all.Count] : null), take));
    }

    [Fact]
    public async Task A_full_page_holds_a_thousand_entities()
    {
        await Fill("p", Enumerable.Range(0, 1005).Select(number => $"r{number:D4}"));
        var first = await Store.QueryAsync(Table, "p", RowRange.All);
        Assert.Equal(1000, first.Entities.Count);
        var second = await Store.QueryAsync(Table, "p", RowRange.All, continuation: first.Continuation);
        Assert.Equal(5, second.Entities.Count);
        Assert.Null(second.Continuation);
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_though_rows_come_and_go()
    {
        await Fill("p", ["a", "c", "e", "g", "i"]);
        var first = await Store.QueryAsync(Table, "p", RowRange.All, 2);
        Assert.Equal(["a", "c"], first.Entities.Select(entity => entity.Row));
        await Store.CommitAsync(Table, "p", [new Delete("c"), new Insert("b", Text("b")), new Insert("h", Text("h"))]);
        var rest = await Store.QueryAsync(Table, "p", RowRange.All, 10, first.Continuation);
        Assert.Equal(["e", "g", "h", "i"], rest.Entities.Select(entity => entity.Row));
    }

    [Fact]
    public async Task Quotes_and_query_words_in_keys_are_only_text()
    {
        const string Trick = "x' or RowKey ge '";
        await Fill("p", ["a", "b"]);
        await Fill(Trick, [Trick, "it''s"]);
        Assert.Equal(Trick, await TextOf(Trick, Trick));
        Assert.Equal(new[] { "it''s", Trick }.Order(StringComparer.Ordinal), await Rows(Trick, RowRange.All, 1));
        Assert.Equal([Trick], await Rows(Trick, RowRange.Prefix("x'"), 10));
        Assert.Empty(await Rows("y' or PartitionKey eq 'p", RowRange.All, 10));
    }

    [Fact]
    public async Task A_read_that_was_cancelled_before_it_began_is_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetAsync(Table, "p", "r", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.QueryAsync(Table, "p", RowRange.All, cancellationToken: cancelled));
    }
}
