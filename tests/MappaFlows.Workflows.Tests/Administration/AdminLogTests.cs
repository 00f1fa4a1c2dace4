using MappaFlows.Tables;

namespace MappaFlows.Workflows.Tests.Administration;

public sealed class AdminLogTests : IAsyncLifetime
{
    private const string Partition = "log";

    private Product _product = null!;

    private AdminLog Log => _product.Get<AdminLog>();

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Entries_written_at_once_have_each_a_number_and_follow_one_another()
    {
        var entries = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => BeginAsync($"key-{i}")));
        var page = await Log.PageAsync(null, 10);

        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), entries.Select(entry => entry.Sequence).Order());
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], page.Entries.Select(entry => entry.Sequence));
        Assert.Equal(page.Entries.Skip(1).Select(entry => entry.Hash), page.Entries.SkipLast(1).Select(entry => entry.PreviousHash));
        Assert.Null(page.BrokenAt);
    }

    [Fact]
    public async Task The_same_key_of_the_same_person_is_the_same_entry_and_of_another_another()
    {
        var first = await BeginAsync("key");

        Assert.Equal(first, await BeginAsync("key"));
        Assert.Equal(2, (await Log.BeginAsync(SamplePeople.Chair, AdminAction.Purge, "a", "why", "key")).Sequence);
    }

    [Fact]
    public async Task The_first_outcome_stays()
    {
        var entry = await BeginAsync("key");

        var first = await Log.EndAsync(entry, true, "It was removed.");
        var second = await Log.EndAsync(entry, false, "It was gone.");

        Assert.Equal("It was removed.", first.Outcome!.Message);
        Assert.Equal(first, second);
        Assert.Equal(first, Assert.Single((await Log.PageAsync(null, 10)).Entries));
    }

    [Fact]
    public async Task Pages_hold_every_entry_once_the_newest_first()
    {
        for (var i = 0; i < 7; i++) await BeginAsync($"key-{i}");

        var first = await Log.PageAsync(null, 3);
        var second = await Log.PageAsync(first.Older, 3);
        var third = await Log.PageAsync(second.Older, 3);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(page => page.Entries).Select(entry => entry.Sequence));
        Assert.Null(third.Older);
        Assert.All([first, second, third], page => Assert.Null(page.BrokenAt));
        Assert.Empty((await Log.PageAsync(-5, 3)).Entries);
        Assert.Equal(7, (await Log.PageAsync(long.MaxValue, 3)).Entries[0].Sequence);
    }

    [Theory]
    [InlineData("entry-0000000002", "Reason", 2)]
    [InlineData("entry-0000000003", "PersonName", 3)]
    [InlineData("entry-0000000004", "Target", 4)]
    [InlineData("outcome-0000000002", "Message", 2)]
    public async Task A_changed_entry_or_outcome_is_found(string row, string property, long at)
    {
        await WriteFourAsync();
        var stored = (await _product.Store.GetAsync(TableNames.Administration, Partition, row))!;
        var forged = new Dictionary<string, object>(stored.Properties) { [property] = "Forged" };
        await _product.Store.CommitAsync(TableNames.Administration, Partition, [new Replace(row, forged, stored.ETag)]);

        Assert.Equal(at, (await Log.PageAsync(null, 10)).BrokenAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_missing_entry_is_found_also_where_it_was_the_first_or_the_last(long missing)
    {
        await WriteFourAsync();
        await _product.Store.CommitAsync(TableNames.Administration, Partition, [new Delete($"entry-{missing:D10}")]);

        Assert.Equal(missing, (await Log.PageAsync(null, 10)).BrokenAt);
    }

    [Fact]
    public async Task A_chain_that_was_cut_off_and_written_again_is_found_at_the_seam_of_two_pages()
    {
        await WriteFourAsync();
        var stored = (await _product.Store.GetAsync(TableNames.Administration, Partition, "entry-0000000002"))!;
        var other = new AdminLogEntry(
            2,
            (DateTimeOffset)stored.Properties["At"],
            "x",
            "X",
            AdminAction.Purge,
            "a",
            "b",
            (string)stored.Properties["PreviousHash"],
            "",
            null);
        var forged = new Dictionary<string, object>(stored.Properties)
        {
            ["PersonId"] = other.PersonId,
            ["PersonName"] = other.PersonName,
            ["Action"] = other.Action.ToString(),
            ["Target"] = other.Target,
            ["Reason"] = other.Reason,
            ["Hash"] = Hashing.OfParts(
                other.PreviousHash, "2", $"{other.At.UtcTicks}", other.PersonId, other.PersonName, "Purge", other.Target, other.Reason),
        };
        await _product.Store.CommitAsync(TableNames.Administration, Partition, [new Replace(stored.Row, forged, stored.ETag), new Delete("outcome-0000000002")]);

        Assert.Equal(3, (await Log.PageAsync(null, 2)).BrokenAt);
    }

    private async Task WriteFourAsync()
    {
        for (var i = 0; i < 4; i++) await Log.EndAsync(await BeginAsync($"key-{i}"), true, "It was removed.");
    }

    private Task<AdminLogEntry> BeginAsync(string key) => Log.BeginAsync(SamplePeople.Coordinator, AdminAction.Purge, "a", "why", key);
}
