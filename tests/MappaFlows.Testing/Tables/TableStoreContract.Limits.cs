using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

/// <summary>Each limit from both sides: what is just inside is stored, what is just outside is refused before anything is sent.</summary>
public abstract partial class TableStoreContract
{
    [Fact]
    public async Task Keys_of_a_kibibyte_are_stored_and_longer_ones_refused()
    {
        var longest = new string('k', TableLimits.KeyLength);
        await CommitOne(longest, new Insert(longest, Text("first")));
        Assert.Equal("first", await TextOf(longest, longest));
        Assert.Equal([longest], await Rows(longest, new RowRange(longest, null), 10));
        await Refused("p", new Insert(longest + "k", Text("x")));
        await Refused(longest + "k", new Insert("r", Text("x")));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.GetAsync(Table, "p", longest + "k"));
    }

    [Theory]
    [InlineData('中', 9)]
    [InlineData('é', 6)]
    [InlineData('\'', 6)]
    public async Task Keys_that_just_fit_into_an_address_are_stored_and_longer_ones_refused(char character, int encoded)
    {
        var most = TableLimits.AddressBytes / encoded;
        var (partition, row) = (new string(character, most / 2), new string(character, most - (most / 2)));
        var etag = await CommitOne(partition, new Insert(row, Text("first")));
        await CommitOne(partition, new Replace(row, Text("second"), etag));
        Assert.Equal("second", await TextOf(partition, row));
        await Refused(partition, new Insert(row + character, Text("x")));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.GetAsync(Table, partition + character, row));
    }

    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    [InlineData('#')]
    [InlineData('?')]
    [InlineData('\0')]
    [InlineData('\t')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u009F')]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public async Task A_character_that_no_key_may_hold_is_refused(char character)
    {
        var key = $"secret{character}name";
        var refused = await Refused("p", new Insert(key, Text("x")));
        Assert.DoesNotContain("secret", refused.Message);
        await Refused(key, new Insert("r", Text("x")));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.GetAsync(Table, "p", key));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.QueryAsync(Table, key, RowRange.All));
    }

    [Fact]
    public async Task A_key_may_be_empty()
    {
        await CommitOne("", new Insert("", Text("empty")));
        Assert.Equal("empty", await TextOf("", ""));
        Assert.Equal([""], await Rows("", RowRange.All, 10));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a-bc")]
    [InlineData("tables")]
    [InlineData("Tables")]
    [InlineData("é12")]
    [InlineData("")]
    public async Task A_name_that_no_table_may_have_is_refused(string table)
    {
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.CommitAsync(table, "p", [new Insert("r", Text("x"))]));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.GetAsync(table, "p", "r"));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.QueryAsync(table, "p", RowRange.All));
    }

    [Fact]
    public async Task A_tables_name_has_three_to_sixty_three_characters()
    {
        var longest = Table + new string('x', 63 - Table.Length);
        await Store.CommitAsync(longest, "p", [new Insert("r", Text("x"))]);
        Assert.NotNull(await Store.GetAsync(longest, "p", "r"));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.CommitAsync(longest + "x", "p", [new Insert("r", Text("x"))]));
        await Store.CommitAsync("abc", Table, [new Upsert("r", Text("x"))]);
        Assert.NotNull(await Store.GetAsync("abc", Table, "r"));
    }

    [Fact]
    public async Task A_text_of_64_kibibytes_is_stored_and_a_longer_one_refused()
    {
        foreach (var letter in new[] { 't', '中', '"' })
        {
            var longest = new string(letter, TableLimits.PropertyBytes / 2);
            await CommitOne("p", new Upsert("r", Text(longest)));
            Assert.Equal(longest, await TextOf("p", "r"));
            await Refused("p", new Upsert("r", Text(longest + letter)));
        }
    }

    [Fact]
    public async Task Bytes_of_64_kibibytes_are_stored_and_more_refused()
    {
        var longest = new byte[TableLimits.PropertyBytes];
        new Random(1).NextBytes(longest);
        await CommitOne("p", new Insert("r", new Dictionary<string, object> { ["Bytes"] = longest }));
        Assert.Equal(longest, (await Store.GetAsync(Table, "p", "r"))!.Properties["Bytes"]);
        await Refused("p", new Upsert("r", new Dictionary<string, object> { ["Bytes"] = new byte[longest.Length + 1] }));
    }

    [Fact]
    public async Task An_entity_has_at_most_252_properties_of_its_own()
    {
        var most = Enumerable.Range(0, TableLimits.OwnProperties).ToDictionary(number => $"P{number}", object (number) => number);
        var etag = await CommitOne("p", new Insert("r", most));
        Assert.Equal(most, (await Store.GetAsync(Table, "p", "r"))!.Properties);
        etag = await CommitOne("p", new Replace("r", most.Take(251).ToDictionary(), etag));
        Assert.Equal(251, (await Store.GetAsync(Table, "p", "r"))!.Properties.Count);
        await Refused("p", new Replace("r", new Dictionary<string, object>(most) { ["OneMore"] = 1 }, etag));
    }

    [Fact]
    public async Task A_propertys_name_has_at_most_255_characters_and_is_a_name_of_the_language()
    {
        var longest = new string('n', TableLimits.PropertyNameLength);
        await CommitOne("p", new Insert("r", new Dictionary<string, object> { [longest] = 1 }));
        Assert.Equal(1, (await Store.GetAsync(Table, "p", "r"))!.Properties[longest]);
        foreach (var name in new[] { longest + "n", "", "1st", "a-b", "a b", "a.b", "a'b", "😀", "PartitionKey", "RowKey", "Timestamp", TableLimits.CommitIdProperty })
            await Refused("p", new Upsert("r", new Dictionary<string, object> { [name] = 1 }));
    }

    [Fact]
    public async Task An_entity_has_at_most_a_mebibyte()
    {
        // 4 for the entity, 4 for "p" and "r", 36 for the commit's id; each of the sixteen properties 8, 6 for its name, 4 and its bytes.
        const int Properties = 16;
        const int Overhead = 44 + (Properties * 18);
        var most = Enumerable.Range(0, Properties - 1).ToDictionary(number => $"B{number:D2}", object (_) => new byte[TableLimits.PropertyBytes]);
        most["B15"] = new byte[TableLimits.PropertyBytes - Overhead];
        await CommitOne("p", new Insert("r", most));
        Assert.Equal(Properties, (await Store.GetAsync(Table, "p", "r"))!.Properties.Count);
        most["B15"] = new byte[TableLimits.PropertyBytes - Overhead + 1];
        await Refused("p", new Upsert("r", most));
    }

    [Fact]
    public async Task A_commit_has_one_to_a_hundred_changes()
    {
        await Store.CommitAsync(Table, "p", Inserts(TableLimits.ChangesPerCommit));
        Assert.Equal(100, (await Rows("p", RowRange.All, 1000)).Count);
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.CommitAsync(Table, "q", Inserts(101)));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.CommitAsync(Table, "q", []));
        Assert.Empty(await Rows("q", RowRange.All, 1000));

        static List<Change> Inserts(int count) => [.. Enumerable.Range(0, count).Select(number => new Insert($"r{number}", Text("x")))];
    }

    [Fact]
    public async Task A_commit_that_is_sent_has_at_most_four_mebibytes()
    {
        // Base64 makes four bytes of three: 47 times 64 KiB is just inside, 48 times just outside.
        List<Change> changes = [.. Enumerable.Range(0, 47).Select(number =>
            new Insert($"r{number:D2}", new Dictionary<string, object> { ["Bytes"] = new byte[TableLimits.PropertyBytes] }))];
        await Store.CommitAsync(Table, "p", changes);
        Assert.Equal(47, (await Rows("p", RowRange.All, 10)).Count);

        changes.Add(new Insert("r47", new Dictionary<string, object> { ["Bytes"] = new byte[TableLimits.PropertyBytes] }));
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.CommitAsync(Table, "q", changes));
        Assert.Empty(await Rows("q", RowRange.All, 10));
    }

    [Fact]
    public async Task A_row_stands_in_a_commit_once()
    {
        await Assert.ThrowsAsync<TableLimitException>(async () =>
            await Store.CommitAsync(Table, "p", [new Insert("a", Text("x")), new Insert("r", Text("x")), new Delete("a")]));
        await Assert.ThrowsAsync<TableLimitException>(async () =>
            await Store.CommitAsync(Table, "p", [.. Enumerable.Range(0, 50).Select(number => new Upsert($"r{number % 49}", Text("x")))]));
        Assert.Empty(await Rows("p", RowRange.All, 10));
        await Store.CommitAsync(Table, "p", [new Insert("r", Text("x")), new Insert("R", Text("x"))]);
    }

    public static TheoryData<string, object?> Unstorable => new()
    {
        { "a date before 1601", TableLimits.EarliestDate.AddTicks(-1) },
        { "the default date", default(DateTimeOffset) },
        { "nothing", null },
        { "a date without an offset", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
        { "a date only", new DateOnly(2026, 1, 1) },
        { "a decimal", 1m },
        { "a float", 1f },
        { "a short", (short)1 },
        { "a list", new List<string>() },
        { "not a number", double.NaN },
        { "endless", double.PositiveInfinity },
        { "half a surrogate pair", "a\uD83D" },
        { "a surrogate pair the wrong way round", "\uDE00\uD83D" },
    };

    [Theory]
    [MemberData(nameof(Unstorable), DisableDiscoveryEnumeration = true)]
    public async Task A_value_that_no_table_can_hold_is_refused(string what, object? value)
    {
        var refused = await Refused("p", new Insert("r", new Dictionary<string, object> { ["Property"] = value! }));
        Assert.Contains("Property", refused.Message);
        Assert.True(await Store.GetAsync(Table, "p", "r") is null, what);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_has_one_to_a_thousand_entities(int take) =>
        await Assert.ThrowsAsync<TableLimitException>(async () => await Store.QueryAsync(Table, "p", RowRange.All, take));

    private async Task<TableLimitException> Refused(string partition, Change change) =>
        await Assert.ThrowsAsync<TableLimitException>(() => CommitOne(partition, change));
}
