using MappaFlows.DurableTask.Embedded.Operations;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MappaFlows.Web.Tests.Operations;

public sealed class QuarantinedPageTests
{
    // The embedded engine's own rows: a message that was stored before the start and that no engine can read.
    private const string Table = "DurableEngine";
    private const string Partition = "engine";
    private const string Message = "m|0000000000000000000001";

    [Fact]
    public async Task Empty_quarantine_says_so()
    {
        await using var product = await new ProductFactory().StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations/quarantined");

        Assert.Equal("Nothing is quarantined.", page.Document.QuerySelector("#none")!.TextContent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_listed_with_its_cause_and_delivered_once_it_is_fixed_and_put_back()
    {
        await using var product = await StartWithPoisonAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var id = await product.QueuedAsync();
        var list = await alex.ReadAsync("/operations/quarantined");
        Assert.Contains("A stored message", list.Text);
        Assert.Contains("Riddle", list.Text);
        Assert.Equal("1", list.Document.QuerySelector("tbody td:nth-of-type(2)")!.TextContent);
        Assert.Contains("One is quarantined", (await alex.ReadAsync("/operations")).Text);
        await product.Services.GetRequiredService<ITableStore>().CommitAsync(
            Table, Partition, [new Upsert(Message, new Dictionary<string, object> { ["To"] = id, ["Kind"] = "Suspend" })]);

        var after = await alex.FollowAsync(await alex.ConfirmAsync(list.ActionPath("Put back"), "The row is mended"));

        Assert.Contains("It is back in service.", after.Text);
        Assert.Equal("Nothing is quarantined.", after.Document.QuerySelector("#none")!.TextContent);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await product.StateAsync(id));
        var entry = await product.NewestEntryAsync();
        Assert.Equal((AdminAction.RetryQuarantined, "The row is mended", true), (entry.Action, entry.Reason, entry.Outcome!.IsDone));
    }

    [Fact]
    public async Task A_message_that_no_one_can_fix_is_removed_for_good()
    {
        await using var product = await StartWithPoisonAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        var after = await alex.FollowAsync(await alex.ConfirmAsync((await alex.ReadAsync("/operations/quarantined")).ActionPath("Remove A stored message"), "It is worth nothing"));

        Assert.Contains("It was removed for good.", after.Text);
        Assert.Empty(await product.Services.GetRequiredService<IOrchestrationOperations>().ListQuarantinedAsync());
        Assert.Null(await product.Services.GetRequiredService<ITableStore>().GetAsync(Table, Partition, Message));
    }

    private static async Task<ProductFactory> StartWithPoisonAsync()
    {
        var product = await new ProductFactory
        {
            Replace = services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Poison>()),
        }.StartAsync();
        var admin = product.Services.GetRequiredService<IOrchestrationOperations>();
        await Wait.UntilAsync(async () => await admin.ListQuarantinedAsync() is not []);
        Assert.Single(await admin.ListQuarantinedAsync());
        return product;
    }

    /// <summary>Stores what the engine will choke on, before the engine starts.</summary>
    private sealed class Poison(ITableStore store) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => await store.CommitAsync(
            Table,
            Partition,
            [new Insert(Message, new Dictionary<string, object> { ["To"] = "nobody", ["Kind"] = "Riddle" })],
            cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
