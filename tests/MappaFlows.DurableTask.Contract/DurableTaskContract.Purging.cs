using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task Purging_an_ended_instance_removes_it_once_and_leaves_others()
    {
        await using var engine = await StartAsync(Wait);
        var ended = await StartAsync(engine, "Echo", "");
        var live = await StartAsync(engine, "Wait", "");
        await EndAsync(engine, ended);
        await engine.WhenIdleAsync();

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync(ended)).PurgedInstanceCount);
        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync(ended)).PurgedInstanceCount);
        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync("nobody")).PurgedInstanceCount);
        Assert.Null(await engine.Client.GetInstanceAsync(ended));
        Assert.NotNull(await engine.Client.GetInstanceAsync(live));
    }

    [Fact]
    public async Task Ended_instances_are_purged_by_status()
    {
        await using var engine = await StartAsync(r =>
        {
            Wait(r);
            r.AddOrchestratorFunc<string, string>("Break", (_, _) => Task.FromException<string>(new InvalidOperationException("broken")));
        });
        var completed = await StartAsync(engine, "Echo", "");
        var failed = await StartAsync(engine, "Break", "");
        var live = await StartAsync(engine, "Wait", "");
        await EndAsync(engine, completed);
        await EndAsync(engine, failed);

        var purged = await engine.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedFrom: engine.Now.AddHours(-1), Statuses: [OrchestrationRuntimeStatus.Failed]));

        Assert.Equal(1, purged.PurgedInstanceCount);

        Assert.Null(await engine.Client.GetInstanceAsync(failed));
        Assert.NotNull(await engine.Client.GetInstanceAsync(completed));
        Assert.NotNull(await engine.Client.GetInstanceAsync(live));
    }

}
