using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

public abstract partial class TableStoreContract
{
    public static TheoryData<string, object> Values => new()
    {
        { "text", "hello" },
        { "empty text", "" },
        { "blank text", "  \t\r\n " },
        { "text of every plane", "é ß 中文 \u200F عربى 👩‍👩‍👧 \uFFFD \uE000" },
        { "text that looks like JSON", "{\"a\":[1,'2',\\\"3\\\"]}" },
        { "text that looks like a date", "2026-11-22T18:00:00Z" },
        { "text that looks like a Guid", "5d0f0a9a-3c6b-4a4f-8f15-1f1c8d1f7c11" },
        { "text with control characters", "a\u0001b\u001Fc\u007F" },
        { "true", true },
        { "false", false },
        { "int", 42 },
        { "least int", int.MinValue },
        { "greatest int", int.MaxValue },
        { "long", 42L },
        { "least long", long.MinValue },
        { "greatest long", long.MaxValue },
        { "double", 0.1 },
        { "whole double", 5.0 },
        { "zero double", 0.0 },
        { "least double", double.MinValue },
        { "greatest double", double.MaxValue },
        { "tiny double", double.Epsilon },
        { "earliest date", TableLimits.EarliestDate },
        { "date with ticks", new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero).AddTicks(1234567) },
        { "whole date", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) },
        { "date with an offset", new DateTimeOffset(2026, 7, 1, 0, 30, 0, TimeSpan.FromHours(1)) },
        { "latest date", DateTimeOffset.MaxValue },
        { "Guid", Guid.Parse("5d0f0a9a-3c6b-4a4f-8f15-1f1c8d1f7c11") },
        { "empty Guid", Guid.Empty },
        { "bytes", new byte[] { 0, 1, 127, 128, 255 } },
        { "no bytes", Array.Empty<byte>() },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_value_is_read_as_the_type_and_value_that_was_written(string what, object value)
    {
        await CommitOne("p", new Insert("r", new Dictionary<string, object> { ["Value"] = value }));
        var read = (await Store.GetAsync(Table, "p", "r"))!.Properties["Value"];
        Assert.True(value.GetType() == read.GetType(), $"{what}: {read.GetType().Name}");
        Assert.Equal(value, read);
        // Dates are instants: the offset is not kept.
        if (read is DateTimeOffset date)
            Assert.Equal(TimeSpan.Zero, date.Offset);
        Assert.Equal(value, Assert.Single((await Store.QueryAsync(Table, "p", RowRange.All)).Entities).Properties["Value"]);
    }

    [Fact]
    public async Task An_entity_may_have_no_properties()
    {
        await CommitOne("p", new Insert("r", new Dictionary<string, object>()));
        Assert.Empty((await Store.GetAsync(Table, "p", "r"))!.Properties);
    }

    [Fact]
    public async Task Properties_names_differ_by_case_and_may_be_of_any_script()
    {
        var properties = new Dictionary<string, object> { ["name"] = 1, ["Name"] = 2, ["_n4me"] = 3, ["Größe"] = 4, ["naïve_名"] = 5 };
        await CommitOne("p", new Insert("r", properties));
        Assert.Equal(properties, (await Store.GetAsync(Table, "p", "r"))!.Properties);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData(" edges ")]
    [InlineData("o'clock")]
    [InlineData("100%")]
    [InlineData("%2F%27")]
    [InlineData("a+b&c=d;e,f:g@h!i*j(k)l$m")]
    [InlineData("<tag> \"quoted\" [x] {y} |^`~")]
    [InlineData("ünïcödé")]
    [InlineData("中文键")]
    [InlineData("عربى")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("..")]
    public async Task A_key_may_hold_any_character_that_is_allowed(string key)
    {
        var etag = await CommitOne(key, new Insert(key, Text("first")));
        var entity = await Store.GetAsync(Table, key, key);
        Assert.Equal((key, key), (entity?.Partition, entity?.Row));
        etag = await CommitOne(key, new Replace(key, Text("second"), etag));
        Assert.Equal([key], await Rows(key, RowRange.Prefix(key), 10));
        await CommitOne(key, new Delete(key, etag));
        Assert.Null(await Store.GetAsync(Table, key, key));
    }
}
