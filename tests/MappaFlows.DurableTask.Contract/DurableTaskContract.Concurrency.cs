using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    /// <summary>Holds an orchestrator in its first turn, so that what is sent meanwhile comes to it in one turn.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();

        public Task Reached => WaitAsync(_reached.Task);

        public void Pass()
        {
            _reached.TrySetResult();
            _open.Wait(Patience);
        }

        public void Open() => _open.Set();
    }

    /// <summary>"Loop" takes one event a run and continues as new. Its first turn is held. Its custom status counts the runs.</summary>
    private static Action<DurableTaskRegistry> Loop(Gate gate) => registry => registry.AddOrchestratorFunc<int, int>("Loop", async (c, run) =>
    {
        c.SetCustomStatus(run);
        gate.Pass();
        await c.WaitForExternalEvent<int>("Signal");
        c.ContinueAsNew(run + 1);
        return run;
    });

    [Fact]
    public async Task Terminate_in_the_turn_of_ContinueAsNew_is_kept()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.TerminateInstanceAsync(id, "stopped");
        gate.Open();

        var ended = await EndAsync(engine, id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stopped\""), (ended.RuntimeStatus, ended.SerializedOutput));
    }

    [Fact]
    public async Task Terminate_before_the_event_in_the_turn_of_ContinueAsNew_is_kept()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.TerminateInstanceAsync(id);
        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        gate.Open();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await StateAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_while_the_turn_that_continues_as_new_runs_is_kept()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, run) =>
        {
            if (run > 0) return await c.WaitForExternalEvent<int>("Never");
            gate.Pass();
            c.ContinueAsNew(run + 1);
            return run;
        }));
        var id = await StartAsync(engine, "Main", 0);
        await gate.Reached;

        await engine.Client.TerminateInstanceAsync(id);
        gate.Open();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Suspend_in_the_turn_of_ContinueAsNew_is_kept()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.SuspendInstanceAsync(id);
        gate.Open();

        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.RaiseEventAsync(id, "Signal", 2);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await StateAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task An_instance_suspended_in_the_turn_of_ContinueAsNew_goes_on_when_resumed()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;
        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.SuspendInstanceAsync(id);
        gate.Open();
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);

        await engine.Client.ResumeInstanceAsync(id);

        await UntilAsync(
            engine,
            id,
            state => state.SerializedCustomStatus == "1" && state.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "Signal", 2);
        await UntilAsync(engine, id, state => state.SerializedCustomStatus == "2");
    }

    [Fact]
    public async Task Suspend_while_the_turn_that_continues_as_new_runs_is_kept()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, run) =>
        {
            if (run > 0) return await c.WaitForExternalEvent<int>("Signal");
            gate.Pass();
            c.ContinueAsNew(run + 1);
            return run;
        }));
        var id = await StartAsync(engine, "Main", 0);
        await gate.Reached;

        await engine.Client.SuspendInstanceAsync(id);
        gate.Open();

        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.RaiseEventAsync(id, "Signal", 7);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await StateAsync(engine, id)).RuntimeStatus);
        await engine.Client.ResumeInstanceAsync(id);
        Assert.Equal(7, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task Suspend_and_terminate_in_one_turn_terminate()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.TerminateInstanceAsync(id);
        gate.Open();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Suspend_and_resume_in_one_turn_leave_the_instance_running()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.SuspendInstanceAsync(id);
        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.ResumeInstanceAsync(id);
        gate.Open();

        await UntilAsync(
            engine,
            id,
            state => state.SerializedCustomStatus == "1" && state.RuntimeStatus == OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task Two_events_in_one_turn_are_both_taken()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            gate.Pass();
            return await c.WaitForExternalEvent<string>("Signal") + await c.WaitForExternalEvent<string>("Signal");
        }));
        var id = await StartAsync(engine, "Main", 0);
        await gate.Reached;

        await engine.Client.RaiseEventAsync(id, "Signal", "1");
        await engine.Client.RaiseEventAsync(id, "Signal", "2");
        gate.Open();

        Assert.Equal("12", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Two_events_in_the_turn_of_ContinueAsNew_are_both_taken()
    {
        var gate = new Gate();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);
        await gate.Reached;

        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.RaiseEventAsync(id, "Signal", 2);
        gate.Open();

        await UntilAsync(engine, id, state => state.SerializedCustomStatus == "2");
    }

    [Fact]
    public async Task Terminating_a_loop_of_events_is_not_lost()
    {
        var gate = new Gate();
        gate.Open();
        await using var engine = await StartAsync(Loop(gate));
        var id = await StartAsync(engine, "Loop", 0);

        for (var i = 0; i < ManyMessages; i++) await engine.Client.RaiseEventAsync(id, "Signal", i);
        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminating_a_loop_of_activities_is_not_lost()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Next", (_, n) => Task.FromResult(n + 1))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                c.ContinueAsNew(await c.CallActivityAsync<int>("Next", n));
                return n;
            }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.Client.WaitForInstanceStartAsync(id, TestContext.Current.CancellationToken);

        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Suspending_a_loop_of_activities_is_not_lost()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Next", (_, n) => Task.FromResult(n + 1))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                c.SetCustomStatus(n);
                c.ContinueAsNew(await c.CallActivityAsync<int>("Next", n));
                return n;
            }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.Client.WaitForInstanceStartAsync(id, TestContext.Current.CancellationToken);

        await engine.Client.SuspendInstanceAsync(id);

        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Suspended);
        var suspended = await StateAsync(engine, id);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal(suspended.SerializedCustomStatus, (await StateAsync(engine, id)).SerializedCustomStatus);
        await engine.Client.ResumeInstanceAsync(id);
        await UntilAsync(
            engine,
            id,
            state => state.RuntimeStatus == OrchestrationRuntimeStatus.Running
                && state.SerializedCustomStatus != suspended.SerializedCustomStatus);
        await engine.Client.TerminateInstanceAsync(id);
        await EndAsync(engine, id);
    }

    [Fact]
    public async Task Events_between_suspends_and_resumes_are_all_taken()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Sum", async (c, count) =>
        {
            var sum = 0;
            for (var i = 0; i < count; i++) sum += await c.WaitForExternalEvent<int>("Add");
            return sum;
        }));
        var id = await StartAsync(engine, "Sum", ManyMessages);

        for (var i = 1; i <= ManyMessages; i++)
        {
            if (i % 5 == 0) await engine.Client.SuspendInstanceAsync(id);
            await engine.Client.RaiseEventAsync(id, "Add", i);
            if (i % 5 == 0) await engine.Client.ResumeInstanceAsync(id);
        }

        Assert.Equal(ManyMessages * (ManyMessages + 1) / 2, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task Start_raise_and_terminate_at_once_end_terminated()
    {
        var gate = new Gate();
        gate.Open();
        await using var engine = await StartAsync(Loop(gate));

        var id = await StartAsync(engine, "Loop", 0);
        await engine.Client.RaiseEventAsync(id, "Signal", 1);
        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine, id)).RuntimeStatus);
    }
}
