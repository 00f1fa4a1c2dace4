using MappaFlows.Tables;
using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class CheckpointsPageTests
{
    private const string Page = "/operations/checkpoints";

    [Fact]
    public async Task Page_without_checkpoints_offers_no_verification()
    {
        await using var product = await StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync(Page);

        Assert.Equal("There are no checkpoints yet.", page.Document.QuerySelector("#none")!.TextContent);
        Assert.Equal(["0 cases", "Never"], [Value(page, "Waiting for the next checkpoint"), Value(page, "Last verification")]);
        Assert.DoesNotContain("Verify all checkpoints", page.Text);
    }

    [Fact]
    public async Task Changed_case_is_in_the_next_checkpoint()
    {
        await using var product = await StartAsync();
        var (first, second) = (await product.ReferAsync(), await product.ReferAsync());
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        Assert.Equal("2 cases", Value(await alex.ReadAsync(Page), "Waiting for the next checkpoint"));

        await product.MoveAsync(TimeSpan.FromDays(1));

        var page = await alex.ReadAsync(Page);
        Assert.Equal("0 cases", Value(page, "Waiting for the next checkpoint"));
        Assert.EndsWith("at 2am", Value(page, "Next checkpoint"));
        Assert.Equal(["1"], Numbers(page));
        Assert.Equal(["Made", "Cases", "Last verification", "Action"], page.StackedLabels());
        Assert.Equal("2", page.Document.QuerySelector("td[data-label=Cases]")!.TextContent);
        Assert.Equal("Not verified", page.Document.QuerySelector("td[data-label='Last verification']")!.TextContent.Trim());
        Assert.DoesNotContain(first.ToString(), page.Text);
        Assert.DoesNotContain(second.ToString(), page.Text);
    }

    [Fact]
    public async Task A_check_that_finds_everything_as_it_was_says_how_much_and_stands_in_the_audit()
    {
        await using var product = await StartAsync();
        await product.ReferAsync();
        await product.ReferAsync();
        await product.MoveAsync(TimeSpan.FromDays(1));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await CheckAsync(product, alex, "Verify all checkpoints");

        Assert.StartsWith("2 entries of 1 checkpoint match the records.", Value(after, "Last verification"));
        Assert.Equal("Agrees", after.Document.QuerySelector("tbody .govuk-tag")!.TextContent.Trim());
        Assert.Null(after.Document.QuerySelector("#disagreements"));
        var entry = await product.NewestEntryAsync();
        Assert.Equal((AdminAction.VerifyCheckpoints, "all", "Yearly review"), (entry.Action, entry.Target, entry.Reason));
        Assert.Contains("All checkpoints", (await alex.ReadAsync("/operations/log")).Text);
    }

    [Fact]
    public async Task A_record_that_was_changed_is_named_with_its_checkpoint_and_its_event()
    {
        await using var product = await StartAsync();
        var (reference, other) = (await product.AcceptAsync(), await product.ReferAsync());
        await product.MoveAsync(TimeSpan.FromDays(1));
        await ForgeAsync(product, TableNames.Cases, reference.ToString(), "event-0000000002", "ActorName");
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await CheckAsync(product, alex, "Verify checkpoint 1");

        var at = (await product.Services.GetRequiredService<CheckpointIndex>().FindAsync(1))!.At;
        Assert.Equal(
            $"Case {reference} does not match the checkpoint of {UkTime.Date(at)}: event 2.",
            Assert.Single(Discrepancies(after)));
        Assert.Contains("contact the person responsible for information security", after.Text);
        Assert.StartsWith("1 discrepancy in 1 checkpoint.", Value(after, "Last verification"));
        Assert.Equal("1 discrepancy", after.Document.QuerySelector("tbody .govuk-tag")!.TextContent.Trim());
        Assert.DoesNotContain(other.ToString(), after.Text);
    }

    [Fact]
    public async Task Missing_changed_and_unreadable_checkpoints_are_named()
    {
        await using var product = await StartAsync();
        await PutAsync(product, 6);
        File.Delete(FileOf(product, 2));
        await File.AppendAllTextAsync(FileOf(product, 5), "{}");
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await CheckAsync(product, alex, "Verify all checkpoints");

        string[] patterns =
        [
            "^Checkpoint 2 of .* is missing.$",
            "^Checkpoint 3 of .* does not follow the checkpoint that is before it now.$",
            "^Checkpoint 5 of .* is not what it was when it was made.$",
            "^Checkpoint 5 of .* cannot be read.$",
            "^Checkpoint 6 of .* does not follow the checkpoint that is before it now.$",
        ];
        Assert.All(Discrepancies(after).Zip(patterns), pair => Assert.Matches(pair.Second, pair.First));
        Assert.Equal(patterns.Length, Discrepancies(after).Count);
    }

    [Fact]
    public async Task A_record_that_was_gone_before_it_was_ever_anchored_is_named_without_a_check()
    {
        await using var product = await StartAsync();
        var (gone, other) = (await product.ReferAsync(), await product.ReferAsync());
        var store = product.Services.GetRequiredService<ITableStore>();
        var rows = (await store.QueryAsync(TableNames.Cases, gone.ToString(), RowRange.All, TableLimits.ChangesPerCommit)).Entities;
        await store.CommitAsync(TableNames.Cases, gone.ToString(), [.. rows.Select(entity => new Delete(entity.Row))]);
        await product.MoveAsync(TimeSpan.FromDays(1));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync(Page);

        Assert.Matches(
            $"^The record of case {gone} is missing or has lost its latest events: it had [0-9]+ events?. That was found on .*.$",
            Assert.Single(Discrepancies(page)));
        Assert.Contains("contact the person responsible for information security", page.Text);
        Assert.DoesNotContain(other.ToString(), page.Text);
    }

    [Fact]
    public async Task A_document_that_follows_no_checkpoint_is_named()
    {
        await using var product = await StartAsync();
        await PutAsync(product, 1);
        await File.WriteAllTextAsync(FileOf(product, 9_999_999_999), "Not a checkpoint");
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await CheckAsync(product, alex, "Verify all checkpoints");

        Assert.Equal("The checkpoint store has a document named as checkpoint 9999999999, which follows no other.", Assert.Single(Discrepancies(after)));
        Assert.StartsWith("1 discrepancy in 1 checkpoint.", Value(after, "Last verification"));
    }

    [Fact]
    public async Task Long_list_of_discrepancies_is_cut_with_a_count()
    {
        await using var product = await StartAsync();
        await PutAsync(product, 30);
        foreach (var number in Enumerable.Range(2, 24)) File.Delete(FileOf(product, number));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await CheckAsync(product, alex, "Verify all checkpoints");

        Assert.Equal(VerificationProgress.MaxSample + 1, Discrepancies(after).Count);
        Assert.Equal("and 5 more.", Discrepancies(after)[^1]);
        Assert.StartsWith("25 discrepancies in 30 checkpoints.", Value(after, "Last verification"));
    }

    [Fact]
    public async Task Changed_log_entry_is_named()
    {
        await using var product = await StartAsync();
        await product.ReferAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var id = await product.QueuedAsync();
        await alex.ConfirmAsync($"/operations/do/Suspend?target={id}", "Hold");
        await product.MoveAsync(TimeSpan.FromDays(1));
        await ForgeAsync(product, TableNames.Administration, "log", "event-0000000001", "Data0");

        var after = await CheckAsync(product, alex, "Verify all checkpoints");

        Assert.Matches(
            "^The administrators’ log does not match the checkpoint of .*: entry 1.$", Assert.Single(Discrepancies(after)));
    }

    [Fact]
    public async Task A_check_that_runs_shows_how_far_it_is_and_no_other_can_begin()
    {
        await using var product = await StartAsync();
        await PutAsync(product, 1);
        await product.Services.GetRequiredService<Verifications>().BeginAsync(CaseInstanceIds.VerifyCheckpoints(1), (1, 3));
        await product.Client().SuspendInstanceAsync(CaseInstanceIds.VerifyCheckpoints(1));
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync(Page);
        Assert.Contains("of 3 checkpoints verified so far.", Value(page, "Last verification"));
        Assert.DoesNotContain("Verify all checkpoints", page.Text);
        Assert.Contains("A verification is running.", (await alex.OpenAsync("/operations/do/VerifyCheckpoints?target=all")).Text);

        await product.Client().TerminateInstanceAsync(CaseInstanceIds.VerifyCheckpoints(1));
        await product.IdleAsync();
        Assert.Contains("The verification was stopped after", Value(await alex.ReadAsync(Page), "Last verification"));
    }

    [Fact]
    public async Task Checkpoints_are_paged_newest_first()
    {
        await using var product = await StartAsync();
        await PutAsync(product, 27);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var first = await alex.ReadAsync(Page);
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(3, 25).Reverse().Select(number => $"{number}"), Numbers(first));
        Assert.Equal(["2", "1"], Numbers(second));
        Assert.Null(second.Document.QuerySelector("[rel=next]"));
        Assert.Equal(Numbers(first), Numbers(await alex.ReadAsync(second.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!)));
        Assert.Null(first.Document.QuerySelector("[rel=prev]"));
    }

    [Theory]
    [InlineData("before=-4", 200)]
    [InlineData("before=0", 200)]
    [InlineData("before=9223372036854775807", 200)]
    [InlineData("before=-9223372036854775808", 200)]
    [InlineData("before=x", 404)]
    public async Task A_number_made_up_by_hand_is_no_error(string query, int status)
    {
        await using var product = await StartAsync();
        await PutAsync(product, 1);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Equal(status, (await alex.OpenAsync($"{Page}?{query}")).Status);
    }

    /// <summary>The product after its first run. It sweeps when its clock is moved only, and not beside the test.</summary>
    private static async Task<ProductFactory> StartAsync()
    {
        var product = await new ProductFactory
        {
            Replace = services => services.Remove(services.Single(service => service.ImplementationType?.Name == "SweepService")),
        }.StartAsync();
        await product.Services.GetRequiredService<CheckpointWriter>().RunIfDueAsync();
        return product;
    }

    /// <summary>Puts so many checkpoints of no case into the store, and lets the next night index them.</summary>
    private static async Task PutAsync(ProductFactory product, int count)
    {
        PreviousDocument? previous = null;
        for (var number = 1; number <= count; number++)
        {
            var content = new CheckpointDocument(number, product.Now, previous, []).ToBytes();
            await product.Services.GetRequiredService<ICheckpointStore>().TryPutAsync(CheckpointDocument.NameOf(number), content);
            previous = new(CheckpointDocument.NameOf(number), CheckpointDocument.HashOf(content));
        }

        await product.MoveAsync(TimeSpan.FromDays(1));
    }

    private static async Task<BrowserPage> CheckAsync(ProductFactory product, Browser alex, string link)
    {
        var path = (await alex.ReadAsync(Page)).Document.QuerySelectorAll("main a")
            .Single(found => string.Join(' ', found.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) == link)
            .GetAttribute("href")!;
        var begun = await alex.FollowAsync(await alex.ConfirmAsync(path, "Yearly review"));
        Assert.Contains("The verification has started.", begun.Text);
        await product.IdleAsync();
        return await alex.ReadAsync(Page);
    }

    private static async Task ForgeAsync(ProductFactory product, string table, string partition, string row, string property)
    {
        var store = product.Services.GetRequiredService<ITableStore>();
        var entity = (await store.GetAsync(table, partition, row))!;
        var forged = new Dictionary<string, object>(entity.Properties) { [property] = "Something else" };
        await store.CommitAsync(table, partition, [new Replace(row, forged, entity.ETag)]);
    }

    private static string FileOf(ProductFactory product, long number) =>
        Path.Combine(product.DataFolder, "audit", CheckpointDocument.NameOf(number));

    private static List<string> Discrepancies(BrowserPage page) =>
        [.. page.Document.QuerySelectorAll("#disagreements li").Select(item => item.TextContent.Trim())];

    private static string Value(BrowserPage page, string key) => string.Join(' ', page.Document.QuerySelectorAll(".govuk-summary-list__row")
        .Single(row => row.QuerySelector("dt")!.TextContent.Trim() == key)
        .QuerySelector("dd")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<string> Numbers(BrowserPage page) =>
        [.. page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim())];
}
