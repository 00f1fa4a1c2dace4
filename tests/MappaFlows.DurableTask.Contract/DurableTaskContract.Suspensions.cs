using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task A_suspended_instance_does_nothing_until_resumed_and_then_misses_nothing()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
            {
                var timer = c.CreateTimer(delay, CancellationToken.None);
                var a = await c.WaitForExternalEvent<string>("Signal");
                await timer;
                return a + await c.WaitForExternalEvent<string>("Signal") + await c.CallActivityAsync<int>("Same", 3);
            }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.WhenIdleAsync();

        await engine.Client.SuspendInstanceAsync(id, "holiday");
        await engine.Client.RaiseEventAsync(id, "Signal", "1");
        await engine.Client.RaiseEventAsync(id, "Signal", "2");
        await engine.AdvanceAsync(2 * Unit(engine));
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.ResumeInstanceAsync(id, "back");

        Assert.Equal("123", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task An_instance_that_was_suspended_twice_is_resumed_at_once()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await engine.WhenIdleAsync();
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.RaiseEventAsync(id, "Signal", "rung");
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal("rung", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_suspended_instance_stays_suspended_over_a_crash()
    {
        await using var engine = await StartAsync(Wait);
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Wait", "");
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.RaiseEventAsync(id, "Signal", "rung");
        await engine.RestartAsync();
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal("rung", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_does_not_run_an_activity_again_after_restarts()
    {
        var calls = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Work", async (_, n) =>
            {
                Interlocked.Increment(ref calls);
                begun.TrySetResult();
                await release.Task;
                return n + 1;
            })
            .AddOrchestratorFunc<int, int>("Main", (c, n) => c.CallActivityAsync<int>("Work", n)));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", 1);
        await WaitAsync(begun.Task);
        await engine.Client.SuspendInstanceAsync(id);
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        release.SetResult();
        await engine.WhenIdleAsync();

        for (var i = 0; i < 3; i++)
        {
            await engine.RestartAsync();
            await engine.WhenIdleAsync();
        }
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal(2, await ResultAsync<int>(engine, id));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Suspending_or_resuming_a_missing_instance_is_ignored()
    {
        await using var engine = await StartAsync(Wait);

        await engine.Client.SuspendInstanceAsync("nobody");
        await engine.Client.ResumeInstanceAsync("nobody");
        await engine.WhenIdleAsync();

        Assert.Null(await FindAsync(engine, "nobody"));
    }

    [Fact]
    public async Task Suspending_or_resuming_an_ended_instance_is_ignored()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "x");
        await EndAsync(engine, id);

        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await StateAsync(engine, id)).RuntimeStatus);
    }
}
