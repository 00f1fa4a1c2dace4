using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    private static void Wait(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<string, string>("Wait", (c, _) => c.WaitForExternalEvent<string>("Signal"))
        .AddOrchestratorFunc<string, string>("Echo", (_, x) => Task.FromResult(x));

    [Fact]
    public async Task Without_an_id_an_instance_gets_a_new_one()
    {
        await using var engine = await StartAsync(Wait);
        var a = await StartAsync(engine, "Echo", "a");
        var b = await StartAsync(engine, "Echo", "b");

        Assert.NotEmpty(a);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public async Task Orchestrator_names_do_not_differ_by_letter_case()
    {
        await using var engine = await StartAsync(Wait);

        Assert.Equal("upper", await RunAsync<string>(engine, "ECHO", "upper"));
        Assert.Equal("lower", await RunAsync<string>(engine, "echo", "lower"));
    }

    [Fact]
    public async Task Ids_differ_by_letter_case()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "upper", "ID");
        await StartAsync(engine, "Echo", "lower", "id");

        Assert.Equal("upper", await ResultAsync<string>(engine, "ID"));
        Assert.Equal("lower", await ResultAsync<string>(engine, "id"));
    }

    public static TheoryData<string> OddIds =>
        ["a/b#c?d", "with space", "Ünï€ödé", new string('x', 257), "a|b", "a$002Fb", "tab\tnewline\n", "😀"];

    [Theory]
    [MemberData(nameof(OddIds))]
    public Task An_id_may_have_any_characters(string id) => RunUnderAsync(id);

    [Fact]
    public Task An_id_may_be_257_slashes() => RunUnderAsync(new string('/', 257));

    private async Task RunUnderAsync(string id)
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Wait", "", id);
        await engine.Client.RaiseEventAsync(id, "Signal", "rung");

        Assert.Equal("rung", await ResultAsync<string>(engine, id));
        Assert.Equal(id, (await engine.Client.GetInstanceAsync(id))!.InstanceId);
    }

    [Fact]
    public async Task An_id_that_begins_with_an_at_sign_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            StartAsync(engine, "Echo", "", "@entity"));
    }

    [Fact]
    public async Task An_instance_shows_its_input_output_and_times()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "x");
        var ended = await EndAsync(engine, id);

        Assert.Equal(("Echo", id, "\"x\"", "\"x\""), (ended.Name, ended.InstanceId, ended.SerializedInput, ended.SerializedOutput));
        Assert.True(ended.CreatedAt <= ended.LastUpdatedAt);
        Assert.True(ended.IsCompleted);
    }

    [Fact]
    public async Task A_running_instance_shows_its_custom_status()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, _) =>
        {
            c.SetCustomStatus(new { Stage = "waiting" });
            await c.WaitForExternalEvent<int>("Go");
            c.SetCustomStatus(new { Stage = "done" });
            return 0;
        }));
        var id = await StartAsync(engine, "Main", 0);

        Assert.Contains("waiting", (await StateAsync(engine, id)).SerializedCustomStatus);
        await engine.Client.RaiseEventAsync(id, "Go", 0);
        Assert.Contains("done", (await EndAsync(engine, id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task A_terminated_instance_ends_with_what_it_is_given_and_runs_no_more()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await engine.WhenIdleAsync();

        await engine.Client.TerminateInstanceAsync(id, "stopped");
        var ended = await EndAsync(engine, id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stopped\""), (ended.RuntimeStatus, ended.SerializedOutput));
        await engine.Client.RaiseEventAsync(id, "Signal", "late");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await StateAsync(engine, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminating_a_missing_or_ended_instance_is_ignored()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "");
        await EndAsync(engine, id);

        await engine.Client.TerminateInstanceAsync("nobody");
        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await StateAsync(engine, id)).RuntimeStatus);
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task An_unknown_instance_is_null_and_waiting_for_it_ends_only_by_cancelling()
    {
        await using var engine = await StartAsync(Wait);
        using var stop = new CancellationTokenSource();
        var waiting = engine.Client.WaitForInstanceCompletionAsync("nobody", stop.Token);

        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
        Assert.False(waiting.IsCompleted);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task WaitForInstanceStart_answers_when_the_instance_runs()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        using var patience = new CancellationTokenSource(Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.WaitForInstanceStartAsync(id, patience.Token)).RuntimeStatus);
    }

    [Fact]
    public async Task An_orchestrator_that_is_not_registered_fails_its_instance()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "NoSuch", "");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, id)).RuntimeStatus);
    }
}
