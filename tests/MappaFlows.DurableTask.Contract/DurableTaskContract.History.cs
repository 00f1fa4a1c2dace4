using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task The_history_tells_what_happened_in_order()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Double", (_, n) => Task.FromResult(2 * n))
            .AddOrchestratorFunc<int,
                int>("Main", async (c, n) => await c.CallActivityAsync<int>("Double", n) + await c.WaitForExternalEvent<int>("Signal")));
        var id = await StartAsync(engine, "Main", 3);
        await engine.WhenIdleAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await EndAsync(engine, id);

        var history = await engine.Client.GetOrchestrationHistoryAsync(id, TestContext.Current.CancellationToken);

        EventType[] told =
        [
            EventType.ExecutionStarted,
            EventType.TaskScheduled,
            EventType.TaskCompleted,
            EventType.EventRaised,
            EventType.ExecutionCompleted,
        ];
        Assert.Equal(told, history.Select(e => e.EventType).Where(told.Contains));
        var started = Assert.Single(history.OfType<ExecutionStartedEvent>());
        Assert.Equal(("Main", "3"), (started.Name, started.Input));
        var scheduled = Assert.Single(history.OfType<TaskScheduledEvent>());
        Assert.Equal("Double", scheduled.Name);
        var completed = Assert.Single(history.OfType<TaskCompletedEvent>());
        Assert.Equal((scheduled.EventId, "6"), (completed.TaskScheduledId, completed.Result));
        Assert.Equal("7", Assert.Single(history.OfType<ExecutionCompletedEvent>()).Result);
    }

    [Fact]
    public async Task The_history_tells_timers_sub_orchestrations_and_failures()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("broken")))
            .AddOrchestratorFunc<int, int>("Child", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                await c.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                await c.CallSubOrchestratorAsync<int>("Child", n);
                return await c.CallActivityAsync<int>("Break", n);
            }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(Unit(engine));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, id)).RuntimeStatus);

        var history = await engine.Client.GetOrchestrationHistoryAsync(id, TestContext.Current.CancellationToken);

        EventType[] told =
        [
            EventType.TimerCreated, EventType.TimerFired, EventType.SubOrchestrationInstanceCreated,
                EventType.SubOrchestrationInstanceCompleted,
            EventType.TaskScheduled, EventType.TaskFailed,
        ];
        Assert.Equal(told, history.Select(e => e.EventType).Where(told.Contains));
        Assert.Contains("broken", Assert.Single(history.OfType<TaskFailedEvent>()).FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task The_history_of_a_missing_instance_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.Client.GetOrchestrationHistoryAsync("nobody", TestContext.Current.CancellationToken));
    }
}
