using MappaFlows.Tables;

namespace MappaFlows.Workflows.Tests.Administration;

public sealed class AdminLogTests : IAsyncLifetime
{
    private Product _product = null!;

    private AdminLog Log => _product.Get<AdminLog>();

    private CommandHandler<AdminLogState> Handler => _product.Get<CommandHandler<AdminLogState>>();

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Requests_recorded_at_once_have_each_a_number_and_follow_one_another()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RequestAsync($"key-{i}")));
        var page = await Log.PageAsync(null, 10);

        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), numbers.Order());
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], page.Entries.Select(entry => entry.Sequence));
        Assert.Null(page.BrokenAt);
        Assert.Null(await Log.VerifyAsync());
    }

    [Fact]
    public async Task The_same_key_again_leads_to_the_same_request()
    {
        var first = await RequestAsync("key");
        await RequestAsync("other");

        Assert.Equal(first, await RequestAsync("key"));
        Assert.Equal(2, (await Log.PageAsync(null, 10)).Entries.Count);
    }

    [Fact]
    public async Task The_first_outcome_stays()
    {
        var request = await RequestAsync("key");

        await CompleteAsync(request);
        await CompleteAsync(request, isDone: false, "It was gone.");

        var entry = Assert.Single((await Log.PageAsync(null, 10)).Entries);
        Assert.Equal((2, true, "It was removed."), (entry.Outcome!.Sequence, entry.Outcome.IsDone, entry.Outcome.Message));
        Assert.Equal(entry, await Log.FindAsync(request));
    }

    [Fact]
    public async Task Pages_hold_every_entry_once_the_newest_first()
    {
        for (var i = 0; i < 7; i++) await RequestAsync($"key-{i}");

        var first = await Log.PageAsync(null, 3);
        var second = await Log.PageAsync(first.Older, 3);
        var third = await Log.PageAsync(second.Older, 3);

        Assert.Equal(
            [7, 6, 5, 4, 3, 2, 1],
            new[] { first, second, third }.SelectMany(page => page.Entries).Select(entry => entry.Sequence));
        Assert.Null(third.Older);
        Assert.All([first, second, third], page => Assert.Null(page.BrokenAt));
        Assert.Empty((await Log.PageAsync(-5, 3)).Entries);
        Assert.Equal(7, (await Log.PageAsync(long.MaxValue, 3)).Entries[0].Sequence);
    }

    [Fact]
    public async Task Pages_of_entries_with_outcomes_lead_to_the_oldest_and_back()
    {
        for (var i = 0; i < 7; i++) await CompleteAsync(await RequestAsync($"key-{i}"));

        var first = await Log.PageAsync(null, 3);
        var second = await Log.PageAsync(first.Older, 3);
        var third = await Log.PageAsync(second.Older, 3);

        Assert.Equal(
            [13, 11, 9, 7, 5, 3, 1],
            new[] { first, second, third }.SelectMany(page => page.Entries).Select(entry => entry.Sequence));
        Assert.All(
            [first, second, third],
            page => Assert.All(page.Entries, entry => Assert.Equal(entry.Sequence + 1, entry.Outcome!.Sequence)));
        Assert.All([first, second, third], page => Assert.Null(page.BrokenAt));
        Assert.Equal(second.Entries, (await Log.PageAsync(third.Newer, 3)).Entries);
        Assert.Equal(first.Entries, (await Log.PageAsync(second.Newer, 3)).Entries);
        Assert.Null(first.Newer);
    }

    [Fact]
    public async Task Outcomes_recorded_much_later_are_shown_with_their_requests()
    {
        var requests = new List<long>();
        for (var i = 0; i < 30; i++) requests.Add(await RequestAsync($"key-{i}"));
        foreach (var request in requests) await CompleteAsync(request);

        var newest = await Log.PageAsync(null, 3);
        var oldest = await Log.PageAsync(4, 3);

        Assert.Equal([30, 29, 28], newest.Entries.Select(entry => entry.Sequence));
        Assert.Equal([60, 59, 58], newest.Entries.Select(entry => entry.Outcome!.Sequence));
        Assert.Equal([33, 32, 31], oldest.Entries.Select(entry => entry.Outcome!.Sequence));
        Assert.Equal(31, (await Log.FindAsync(1))!.Outcome!.Sequence);
        Assert.Null(newest.BrokenAt ?? oldest.BrokenAt);
    }

    [Fact]
    public async Task Number_of_an_outcome_or_of_nothing_is_no_entry()
    {
        await CompleteAsync(await RequestAsync("key"));

        foreach (var sequence in new[] { long.MinValue, -1, 0, 2, 3, long.MaxValue }) Assert.Null(await Log.FindAsync(sequence));
    }

    [Theory]
    [InlineData(3, "Data0")]
    [InlineData(3, "ActorName")]
    [InlineData(5, "Type")]
    [InlineData(5, "Hash")]
    [InlineData(4, "Data0")]
    public async Task Changed_request_or_outcome_is_found(long at, string property)
    {
        await WriteFourAsync();
        var stored = await RowAsync(at);
        var forged = ((string)stored.Properties[property]).Replace("why", "because").Replace("removed", "kept");
        await ReplaceAsync(stored, property, forged == (string)stored.Properties[property] ? "Forged" : forged);

        Assert.Equal(at, (await Log.PageAsync(null, 10)).BrokenAt);
        Assert.Equal(at, await Log.VerifyAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task Missing_event_is_found_also_where_it_was_the_first_or_the_last(long missing)
    {
        await WriteFourAsync();
        await CommitAsync(new Delete(Row(missing)));

        Assert.Equal(missing, (await Log.PageAsync(null, 10)).BrokenAt);
        Assert.Equal(missing, await Log.VerifyAsync());
    }

    [Fact]
    public async Task Two_events_that_changed_places_are_found()
    {
        await WriteFourAsync();
        var (third, fifth) = (await RowAsync(3), await RowAsync(5));
        await CommitAsync(new Replace(third.Row, Copy(fifth), third.ETag), new Replace(fifth.Row, Copy(third), fifth.ETag));

        Assert.Equal(3, (await Log.PageAsync(null, 10)).BrokenAt);
        Assert.Equal(3, await Log.VerifyAsync());
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Event_that_cannot_be_read_is_named_and_the_rest_is_shown(string column, object value)
    {
        await WriteFourAsync();
        await ReplaceAsync(await RowAsync(3), column, value);

        var page = await Log.PageAsync(null, 10);

        Assert.Equal(3, page.BrokenAt);
        Assert.Equal([7, 5, 1], page.Entries.Select(entry => entry.Sequence).Where(sequence => sequence != 3));
        Assert.Equal(3, await Log.VerifyAsync());
        await Log.FindAsync(3);
    }

    [Fact]
    public async Task Row_without_any_column_is_named_and_the_rest_is_shown()
    {
        await WriteFourAsync();
        await CommitAsync(new Upsert(Row(7), new Dictionary<string, object>()));

        var page = await Log.PageAsync(null, 10);

        Assert.Equal(7, page.BrokenAt);
        Assert.Equal([5, 3, 1], page.Entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Row_put_in_between_is_found()
    {
        await WriteFourAsync();
        await CommitAsync(new Insert(Row(3) + "x", Copy(await RowAsync(3))));

        Assert.Equal(4, (await Log.PageAsync(null, 10)).BrokenAt);
        Assert.Equal(4, (await Log.PageAsync(null, 10)).Entries.Count);
    }

    [Theory]
    [InlineData("Sequence", "eight")]
    [InlineData("Sequence", 0L)]
    [InlineData("Sequence", 500_000_000L)]
    [InlineData("Sequence", long.MaxValue)]
    [InlineData("Hash", "Forged")]
    [InlineData("Hash", 1L)]
    public async Task Log_whose_state_was_changed_is_shown_and_named(string column, object value)
    {
        await WriteFourAsync();
        await ReplaceAsync((await _product.Store.GetAsync(TableNames.Administration, AdminLogModel.Id, "state"))!, column, value);

        var page = await Log.PageAsync(null, 10);

        Assert.Equal([7, 5, 3, 1], page.Entries.Select(entry => entry.Sequence));
        Assert.Equal(8, page.BrokenAt);
    }

    [Fact]
    public async Task Log_whose_state_was_removed_is_shown_and_named()
    {
        await WriteFourAsync();
        await CommitAsync(new Delete("state"));

        var page = await Log.PageAsync(null, 3);

        Assert.Equal([7, 5, 3], page.Entries.Select(entry => entry.Sequence));
        Assert.Equal(8, page.BrokenAt);
        Assert.Equal([1], (await Log.PageAsync(page.Older, 3)).Entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Chain_that_was_cut_off_and_written_again_is_found_at_the_seam_of_two_pages()
    {
        await WriteFourAsync();
        var log = _product.Get<AdminLogModel>().Log;
        var fourth = Assert.Single(await _product.Get<StreamStore>().RecordsAsync(log, 4, 5))!;
        var other =
            EventRecord.After(fourth.PreviousHash, log, fourth.Info with { ActorName = "Someone else" }, fourth.Type, fourth.Data, fourth.State);
        Assert.True(other.IsIntact(log));
        var stored = await RowAsync(4);
        await CommitAsync(
            new Replace(stored.Row, new Dictionary<string, object>(Copy(stored)) { ["ActorName"] = other.Info.ActorName, ["Hash"] = other.Hash },
                stored.ETag));

        Assert.Equal(5, (await Log.PageAsync(null, 2)).BrokenAt);
    }

    [Fact]
    public async Task Newer_page_that_was_changed_is_not_named_on_an_older_one_unless_that_shows_it()
    {
        await RequestAsync("open");
        await WriteFourAsync();
        await CompleteAsync(1);
        await ReplaceAsync(await RowAsync(10), "ActorName", "Someone else");

        Assert.Null((await Log.PageAsync(4, 1)).BrokenAt);
        Assert.Equal(10, (await Log.PageAsync(2, 1)).BrokenAt);
    }

    public static TheoryData<string, object> Garbage() => new()
    {
        { "At", "yesterday" },
        { "ActorId", 1L },
        { "Type", "NeverHeardOf" },
        { "Type", "ActionCompleted" },
        { "Data0", "" },
        { "Data0", "null" },
        { "Data0", "{}" },
        { "Data0", "[" },
        { "Data0", """{"action":"Explode","target":"a","reason":"why"}""" },
        { "Data0", """{"action":99,"target":"a","reason":"why"}""" },
        { "Data0", new byte[] { 1, 2, 3 } },
        { "PreviousHash", 1L },
        { "Hash", new byte[] { 1 } },
    };

    private async Task WriteFourAsync()
    {
        for (var i = 0; i < 4; i++) await CompleteAsync(await RequestAsync($"key-{i}"));
    }

    private Task<long> RequestAsync(string key) => AdminLogSamples.RequestAsync(Handler, key);

    private Task CompleteAsync(long request, bool isDone = true, string message = "It was removed.") =>
        AdminLogSamples.CompleteAsync(Handler, request, isDone, message);

    private async Task<Entity> RowAsync(long sequence) =>
        (await _product.Store.GetAsync(TableNames.Administration, AdminLogModel.Id, Row(sequence)))!;

    private Task ReplaceAsync(Entity stored, string column, object value) =>
        CommitAsync(new Replace(stored.Row, new Dictionary<string, object>(Copy(stored)) { [column] = value }, stored.ETag));

    private async Task CommitAsync(params IReadOnlyList<Change> changes) =>
        await _product.Store.CommitAsync(TableNames.Administration, AdminLogModel.Id, changes);

    private static Dictionary<string, object> Copy(Entity entity) => new(entity.Properties);

    private static string Row(long sequence) => $"event-{sequence:D10}";
}
