using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task Restart_under_the_same_id_runs_again_with_the_same_input()
    {
        var runs = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Count", (_, n) => Task.FromResult(n + Interlocked.Increment(ref runs)))
            .AddOrchestratorFunc<int, int>("Main", (c, n) => c.CallActivityAsync<int>("Count", n)));
        var id = await StartAsync(engine, "Main", 10);
        Assert.Equal(11, await ResultAsync<int>(engine, id));

        Assert.Equal(id, await engine.Client.RestartAsync(id, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(12, (await WaitForEndAsync(engine, id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Restart_under_a_new_id_leaves_the_old_instance()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Echo", "x");
        await EndAsync(engine, id);

        var restarted = await engine.Client.RestartAsync(id, restartWithNewInstanceId: true, TestContext.Current.CancellationToken);

        Assert.NotEqual(id, restarted);
        Assert.Equal("x", (await WaitForEndAsync(engine, restarted)).ReadOutputAs<string>());
        Assert.Equal("x", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Restart_of_a_missing_instance_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.Client.RestartAsync("nobody", cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restart_of_a_running_instance_leaves_it_running()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAnyAsync<Exception>(() => engine.Client.RestartAsync(id, cancellation: TestContext.Current.CancellationToken));

        await engine.Client.RaiseEventAsync(id, "Signal", "still there");
        Assert.Equal("still there", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Restart_of_a_running_instance_throws_InvalidOperationException()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.Client.RestartAsync(id, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restart_of_a_terminated_instance_runs_it_again()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartAsync(engine, "Wait", "");
        await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync(id);
        await EndAsync(engine, id);

        await engine.Client.RestartAsync(id, cancellation: TestContext.Current.CancellationToken);

        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.WaitForInstanceStartAsync(id, patience.Token)).RuntimeStatus);
        await engine.Client.RaiseEventAsync(id, "Signal", "again");
        Assert.Equal("again", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Restart_keeps_the_tags()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartTaggedAsync(engine, "Echo", "x");
        await EndAsync(engine, id);

        var restarted = await engine.Client.RestartAsync(id, restartWithNewInstanceId: true, TestContext.Current.CancellationToken);

        Assert.Equal(SomeTags, (await WaitForEndAsync(engine, restarted)).Tags);
    }
}
