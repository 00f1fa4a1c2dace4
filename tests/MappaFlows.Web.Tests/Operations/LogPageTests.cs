using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class LogPageTests
{
    [Fact]
    public async Task An_audit_without_entries_says_so()
    {
        await using var product = await new ProductFactory().StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Equal("There are no entries yet.", (await alex.ReadAsync("/operations/log")).Document.QuerySelector("#none")!.TextContent);
    }

    [Fact]
    public async Task The_newest_entries_stand_first_and_pages_lead_to_the_oldest()
    {
        await using var product = await new ProductFactory().StartAsync();
        await WriteAsync(product, 27);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var first = await alex.ReadAsync("/operations/log");
        var second = await alex.ReadAsync(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(3, 25).Reverse().Select(number => $"{number}"), Numbers(first));
        Assert.Equal(["2", "1"], Numbers(second));
        Assert.Equal(Numbers(first), Numbers(await alex.ReadAsync(second.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!)));
        Assert.Null(first.Document.QuerySelector("[rel=prev]"));
        Assert.Contains("Not known", first.Text);
        Assert.DoesNotContain("is not what was recorded", first.Text);
    }

    [Fact]
    public async Task An_entry_that_was_changed_in_the_store_is_pointed_out()
    {
        await using var product = await new ProductFactory().StartAsync();
        await WriteAsync(product, 3);
        var store = product.Services.GetRequiredService<ITableStore>();
        var row = (await store.GetAsync(TableNames.Administration, "log", "event-0000000002"))!;
        await store.CommitAsync(
            TableNames.Administration,
            "log",
            [new Replace(row.Row, new Dictionary<string, object>(row.Properties) { ["ActorName"] = "Another" }, row.ETag)]);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Contains("Entry 2 is not what was recorded", (await alex.ReadAsync("/operations/log")).Text);
        Assert.Contains("The log is broken", (await alex.ReadAsync("/operations/log?checkLog=true")).Text);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_any_more_is_pointed_out_and_the_others_are_shown()
    {
        await using var product = await new ProductFactory().StartAsync();
        await WriteAsync(product, 3);
        var store = product.Services.GetRequiredService<ITableStore>();
        await store.CommitAsync(TableNames.Administration, "log", [new Upsert("event-0000000002", new Dictionary<string, object> { ["Data0"] = 7 })]);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations/log");

        Assert.Contains("Entry 2 is not what was recorded", page.Text);
        Assert.Equal(["3", "1"], Numbers(page));
    }

    [Fact]
    public async Task Check_of_a_whole_log_says_that_nothing_was_changed()
    {
        await using var product = await new ProductFactory().StartAsync();
        await WriteAsync(product, 2);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var log = await alex.ReadAsync("/operations/log");
        Assert.DoesNotContain("The log is complete and unbroken", log.Text);

        var page = await alex.ReadAsync(log.Document.QuerySelector("#check")!.GetAttribute("href")!);

        Assert.Contains("The log is complete and unbroken", page.Text);
    }

    [Theory]
    [InlineData("before=-4")]
    [InlineData("before=0")]
    [InlineData("before=99999999999")]
    [InlineData("entry=9223372036854775807")]
    [InlineData("before=9223372036854775807")]
    public async Task A_number_made_up_by_hand_is_no_error(string query)
    {
        await using var product = await new ProductFactory().StartAsync();
        await WriteAsync(product, 1);
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Equal(200, (await alex.OpenAsync($"/operations/log?{query}")).Status);
    }

    private static async Task WriteAsync(ProductFactory product, int count)
    {
        var handler = product.Services.GetRequiredService<CommandHandler<AdminLogState>>();
        var alex = (await product.Services.GetRequiredService<IPeopleDirectory>().FindAsync(OperationsSamples.Administrator))!;
        for (var i = 0; i < count; i++)
        {
            await handler.ExecuteAsync(
            alex,
            AdminLogModel.Id,
            new RequestAction(AdminAction.Purge, $"odd-{i}", "Because"),
            $"key-{i}");
        }
    }

    private static List<string> Numbers(BrowserPage page) => [.. page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent)];
}
