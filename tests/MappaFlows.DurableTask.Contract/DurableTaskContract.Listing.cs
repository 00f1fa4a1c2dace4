using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    private static async Task<IDurableTaskEngine> WithSevenAndOneAsync(IDurableTaskEngine engine)
    {
        for (var i = 0; i < 7; i++) await StartAsync(engine, "Wait", "in", $"case-{i}");
        await StartAsync(engine, "Echo", "in", "other");
        await EndAsync(engine, "other");
        for (var i = 0; i < 7; i++) await UntilAsync(engine, $"case-{i}", OrchestrationRuntimeStatus.Running);
        return engine;
    }

    private static async Task<List<string>> IdsAsync(IDurableTaskEngine engine, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var page in engine.Client.GetAllInstancesAsync(query).AsPages())
        {
            Assert.InRange(page.Values.Count, 0, query.PageSize);
            ids.AddRange(page.Values.Select(instance => instance.InstanceId));
        }
        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page_and_filtered()
    {
        await using var engine = await WithSevenAndOneAsync(await StartAsync(Wait));

        var cases = Enumerable.Range(0, 7).Select(i => $"case-{i}").ToList();
        Assert.Equal([.. cases, "other"], await IdsAsync(engine, new OrchestrationQuery { PageSize = 3 }));
        Assert.Equal(cases, await IdsAsync(engine, new OrchestrationQuery { PageSize = 2, InstanceIdPrefix = "case-" }));
        Assert.Equal(["other"], await IdsAsync(engine, new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Completed] }));
        Assert.Equal(cases, await IdsAsync(engine, new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Running] }));
        Assert.Empty(await IdsAsync(engine, new OrchestrationQuery { CreatedFrom = engine.Now.AddDays(1) }));
        Assert.Empty(await IdsAsync(engine, new OrchestrationQuery { CreatedTo = engine.Now.AddDays(-1) }));
        Assert.Equal(
            8,
            (await IdsAsync(engine,
                new OrchestrationQuery { CreatedFrom = engine.Now.AddDays(-1), CreatedTo = engine.Now.AddDays(1) })).Count);
    }

    [Fact]
    public async Task A_list_goes_on_from_its_continuation_token()
    {
        await using var engine = await WithSevenAndOneAsync(await StartAsync(Wait));
        var query = new OrchestrationQuery { PageSize = 3 };
        var ids = new List<string>();
        string? token = null;
        for (var pages = 0; pages < 10; pages++)
        {
            await foreach (var page in engine.Client.GetAllInstancesAsync(query).AsPages(token))
            {
                ids.AddRange(page.Values.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
                break;
            }
            if (token is null) break;
        }

        Assert.Null(token);
        Assert.Equal(8, ids.Count);
        Assert.Equal(8, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_list_shows_inputs_and_outputs_only_when_asked()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "x", "one");
        await EndAsync(engine, "one");

        await foreach (var instance in engine.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }))
            Assert.Equal(("x", "x"), (instance.ReadInputAs<string>(), instance.ReadOutputAs<string>()));
        await foreach (var instance in engine.Client.GetAllInstancesAsync(new OrchestrationQuery()))
            Assert.Throws<InvalidOperationException>(instance.ReadInputAs<string>);
        Assert.Single(await IdsAsync(engine, new OrchestrationQuery()));
    }

    [Fact]
    public async Task The_ids_of_ended_instances_are_listed_page_by_page()
    {
        await using var engine = await StartAsync(Wait);
        for (var i = 0; i < 5; i++)
        {
            await StartAsync(engine, "Echo", "", $"done-{i}");
            await EndAsync(engine, $"done-{i}");
        }
        await StartAsync(engine, "Wait", "", "live");
        await engine.WhenIdleAsync();

        var ids = new List<string>();
        string? last = null;
        for (var pages = 0; pages < 10; pages++)
        {
            var page = await engine.Client.ListInstanceIdsAsync(
                pageSize: 2,
                lastInstanceKey: last,
                cancellation: TestContext.Current.CancellationToken);
            Assert.InRange(page.Values.Count, 0, 2);
            ids.AddRange(page.Values);
            last = page.ContinuationToken;
            if (last is null) break;
        }

        Assert.Equal(["done-0", "done-1", "done-2", "done-3", "done-4"], ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_ids_of_ended_instances_are_filtered_by_status_and_time()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "", "completed");
        await StartAsync(engine, "Wait", "", "terminated");
        await engine.Client.TerminateInstanceAsync("terminated");
        await EndAsync(engine, "completed");
        await EndAsync(engine, "terminated");

        var terminated = await engine.Client.ListInstanceIdsAsync(
            [OrchestrationRuntimeStatus.Terminated],
            cancellation: TestContext.Current.CancellationToken);
        var later = await engine.Client.ListInstanceIdsAsync(
            completedTimeFrom: engine.Now.AddDays(1),
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["terminated"], terminated.Values);
        Assert.Empty(later.Values);
    }
}
