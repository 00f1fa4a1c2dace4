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

    /// <summary>"Parent" waits for "Child" under the id of the parent and "-child", which waits for a signal.</summary>
    private static void Family(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<int, string>("Child", (c, _) => c.WaitForExternalEvent<string>("Signal"))
        .AddOrchestratorFunc<int, string>("Parent", (c, n) =>
            c.CallSubOrchestratorAsync<string>("Child", n, new TaskOptions().WithInstanceId(c.InstanceId + "-child")));

    private static async Task StartFamilyAsync(IDurableTaskEngine engine, string id)
    {
        await StartAsync(engine, "Parent", 0, id);
        await UntilAsync(engine, id + "-child", OrchestrationRuntimeStatus.Running);
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task Terminate_leaves_sub_orchestrations_running_unless_recursive()
    {
        await using var engine = await StartAsync(Family);
        await StartFamilyAsync(engine, "one");

        await engine.Client.TerminateInstanceAsync("one");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, "one")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await StateAsync(engine, "one-child")).RuntimeStatus);
    }

    [Fact]
    public async Task A_recursive_terminate_ends_sub_orchestrations()
    {
        await using var engine = await StartAsync(Family);
        await StartFamilyAsync(engine, "one");

        await engine.Client.TerminateInstanceAsync(
            "one",
            new TerminateInstanceOptions(Recursive: true),
            TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, "one")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, "one-child")).RuntimeStatus);
    }

    [Fact]
    public async Task A_recursive_purge_removes_sub_orchestrations()
    {
        await using var engine = await StartAsync(Family);
        await StartFamilyAsync(engine, "one");
        await engine.Client.RaiseEventAsync("one-child", "Signal", "x");
        await EndAsync(engine, "one");

        var purged = await engine.Client.PurgeInstanceAsync(
            "one",
            new PurgeInstanceOptions(Recursive: true),
            TestContext.Current.CancellationToken);

        Assert.Equal(2, purged.PurgedInstanceCount);
        Assert.Null(await FindAsync(engine, "one-child"));
    }

    [Fact]
    public async Task A_purge_leaves_sub_orchestrations_unless_recursive()
    {
        await using var engine = await StartAsync(Family);
        await StartFamilyAsync(engine, "one");
        await engine.Client.RaiseEventAsync("one-child", "Signal", "x");
        await EndAsync(engine, "one");

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("one")).PurgedInstanceCount);
        Assert.Null(await FindAsync(engine, "one"));
        Assert.NotNull(await FindAsync(engine, "one-child"));
    }

    [Fact]
    public async Task Purging_a_running_instance_leaves_it()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);

        var purged = 0;
        try
        {
            purged = (await engine.Client.PurgeInstanceAsync(id)).PurgedInstanceCount;
        }
        catch (InvalidOperationException)
        {
            // As Durable Functions says it.
        }

        Assert.Equal(0, purged);
        await engine.Client.RaiseEventAsync(id, "Signal", "still there");
        Assert.Equal("still there", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Purging_a_running_instance_throws_InvalidOperationException()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.PurgeInstanceAsync(id));
    }

    [Fact]
    public async Task Purging_all_by_time_leaves_later_and_live_instances()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "", "ended");
        await StartAsync(engine, "Wait", "", "live");
        await EndAsync(engine, "ended");
        await UntilAsync(engine, "live", OrchestrationRuntimeStatus.Running);

        var later = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: engine.Now.AddDays(1)));
        var all = await engine.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedFrom: engine.Now.AddDays(-1), CreatedTo: engine.Now.AddDays(1)));

        Assert.Equal((0, 1), (later.PurgedInstanceCount, all.PurgedInstanceCount));
        Assert.Null(await FindAsync(engine, "ended"));
        Assert.NotNull(await FindAsync(engine, "live"));
    }

    [Fact]
    public async Task Purging_all_without_a_filter_removes_ended_instances()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "", "ended");
        await EndAsync(engine, "ended");

        Assert.Equal(1, (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Null(await FindAsync(engine, "ended"));
    }
}
