using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class BlockedCodeTests
{
    [Fact]
    public async Task Code_that_blocks_its_thread_is_named_on_the_page_until_it_comes_back()
    {
        using var gate = new ManualResetEventSlim();
        await using var product = await new ProductFactory
        {
            Replace = services =>
                services.AddDurableTaskWorker(worker => worker.AddTasks(tasks => tasks.AddOrchestratorFunc<int, int>("Block", (_, n) =>
            {
                gate.Wait(TimeSpan.FromMinutes(10));
                return Task.FromResult(n);
            }))),
        }.StartAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        await product.Client().StartOnceAsync("Block", "held-here", 1);

        var notice = await NoticeAsync(alex, isThere: true);
        gate.Set();

        Assert.Contains("held-here", notice);
        Assert.Contains("(Block)", notice);
        Assert.Equal("", await NoticeAsync(alex, isThere: false));
    }

    /// <summary>The page's warnings, once there are some or none.</summary>
    private static Task<string> NoticeAsync(Browser alex, bool isThere) => Wait.ForAsync(async () =>
    {
        var page = await alex.ReadAsync("/operations");
        var notice = string.Concat(page.Document.QuerySelectorAll(".govuk-warning-text").Select(warning => warning.TextContent));
        return notice.Length > 0 == isThere ? notice : null;
    });
}
