
using MappaFlows.DurableTask.Embedded.Operations;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>What an administrator sees and does.</summary>
public sealed class OperationsTests
{
    private bool _broken = true;

    private Task<EmbeddedHost> StartAsync() => SqliteEngine.StartAsync(r => r
        .AddActivityFunc<string, string>("Send", (_, x) => _broken ? throw new InvalidOperationException("no line") : Task.FromResult(x))
        .AddOrchestratorFunc<string, string>("Notify", (c, x) => c.CallActivityAsync<string>("Send", x))
        .AddOrchestratorFunc<int, int>("Child", (c, _) => c.WaitForExternalEvent<int>("Never"))
        .AddOrchestratorFunc<int, int>("Watch", async (c, _) =>
        {
            var bell = c.WaitForExternalEvent<string>("Bell");
            var timer = c.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
            var child = c.CallSubOrchestratorAsync<int>("Child", 0, new TaskOptions().WithInstanceId("the-child"));
            await Task.WhenAll(bell, timer, child);
            return 0;
        }));

    [Fact]
    public async Task An_instance_shows_its_history_and_what_it_waits_for()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Watch", 0, new StartOrchestrationOptions("w"));
        await host.Client.RaiseEventAsync("w", "Other", "x");
        await host.WhenIdleAsync();

        var details = (await host.Operations.GetAsync("w"))!;

        Assert.Equal(
            ["ExecutionStarted", "TimerCreated", "SubOrchestrationScheduled", "EventRaised"],
            details.History.Select(h => h.Kind));
        Assert.Equal(
            [
                new InstanceWait(InstanceWaitKind.Timer, "timer #0", EmbeddedHost.Epoch.AddDays(30)),
                new InstanceWait(InstanceWaitKind.SubOrchestration, "Child (the-child)", null),
                new InstanceWait(InstanceWaitKind.ExternalEvent, "Bell", null),
            ],
            details.Waits);
        Assert.Equal(new ParentOrchestrationInstance("Watch", "w"), (await host.Operations.GetAsync("the-child"))!.Parent);
        Assert.Null(await host.Operations.GetAsync("nobody"));
    }

    [Fact]
    public async Task The_list_says_what_each_waits_for_and_finds_those_that_have_not_moved()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Child", 0, new StartOrchestrationOptions("old"));
        await host.AdvanceAsync(TimeSpan.FromDays(10));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Child", 0, new StartOrchestrationOptions("new"));
        await host.WhenIdleAsync();

        var stale = await host.Operations.ListAsync(new InstanceQuery { NamePrefix = "chi", UpdatedBefore = host.Now.AddDays(-5) });

        Assert.Equal(("old", "event Never"), stale.Values.Select(v => (v.Metadata.InstanceId, v.WaitsFor)).Single());
        Assert.Equal(2, (await host.Operations.ListAsync(new InstanceQuery())).Values.Count);
    }

    [Fact]
    public async Task A_failed_instance_runs_again_with_its_recorded_input()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Notify", "hello", new StartOrchestrationOptions("n"));
        await host.WhenIdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Client.GetInstanceAsync("n", true))!.RuntimeStatus);

        _broken = false;
        await host.Client.RestartAsync("n");
        await host.WhenIdleAsync();

        var ended = (await host.Client.GetInstanceAsync("n", true))!;
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"hello\""), (ended.RuntimeStatus, ended.SerializedOutput));
        Assert.Null(ended.FailureDetails);
    }
}
