using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task A_sub_orchestration_answers_its_result()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Child", async (c, n) =>
            {
                await c.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return n * 2;
            })
            .AddOrchestratorFunc<int, int>("Main", async (c, n) => 1 + await c.CallSubOrchestratorAsync<int>("Child", n)));

        var id = await StartAsync(engine, "Main", 20);
        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal(41, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task A_sub_orchestration_knows_its_parent_and_runs_under_the_id_it_was_given()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, string>("Child", (c, _) => Task.FromResult($"{c.InstanceId} of {c.Parent?.InstanceId}"))
            .AddOrchestratorFunc<int, string>("Main", (c, n) =>
                c.CallSubOrchestratorAsync<string>("Child", n, new TaskOptions().WithInstanceId(c.InstanceId + "/child"))));

        var id = await StartAsync(engine, "Main", 0, "parent-1");

        Assert.Equal("parent-1/child of parent-1", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_failed_sub_orchestration_throws_in_its_parent()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Child", (_, _) => Task.FromException<int>(new InvalidOperationException("broken")))
            .AddOrchestratorFunc<int, bool>("Main", async (c, n) =>
            {
                try
                {
                    await c.CallSubOrchestratorAsync("Child", n);
                    return false;
                }
                catch (TaskFailedException e)
                {
                    return e.TaskName == "Child";
                }
            }));

        Assert.True(await RunAsync<bool>(engine, "Main", 0));
    }

    [Fact]
    public async Task A_terminated_sub_orchestration_throws_in_its_parent()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Child", (c, _) => c.WaitForExternalEvent<int>("Never"))
            .AddOrchestratorFunc<int, bool>("Main", async (c, n) =>
            {
                try
                {
                    await c.CallSubOrchestratorAsync("Child", n, new TaskOptions().WithInstanceId("the-child"));
                    return false;
                }
                catch (TaskFailedException)
                {
                    return true;
                }
            }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.WhenIdleAsync();
        await engine.Client.TerminateInstanceAsync("the-child");

        Assert.True(await ResultAsync<bool>(engine, id));
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_by_its_policy()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Count", (_, _) => Task.FromResult(Interlocked.Increment(ref calls)))
            .AddOrchestratorFunc<int, int>("Child", async (c, _) =>
                await c.CallActivityAsync<int>("Count", 0) is var n && n < 3 ? throw new InvalidOperationException("not yet") : n)
            .AddOrchestratorFunc<int, int>("Main", (c, n) =>
                c.CallSubOrchestratorAsync<int>("Child", n, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(5))))));

        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal(3, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task Many_sub_orchestrations_at_once_all_answer()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Child", (c, n) => c.CallActivityAsync<int>("Same", n))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
                (await Task.WhenAll(Enumerable.Range(1, n).Select(i => c.CallSubOrchestratorAsync<int>("Child", i)))).Sum()));

        var many = engine.Capabilities.HasFlag(EngineCapabilities.ManyInstances) ? 120 : 5;
        Assert.Equal(many * (many + 1) / 2, await RunAsync<int>(engine, "Main", many));
    }

    [Fact]
    public async Task Sub_orchestrations_nest()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Nest", async (c, depth) =>
            depth == 0 ? 0 : 1 + await c.CallSubOrchestratorAsync<int>("Nest", depth - 1)));

        Assert.Equal(12, await RunAsync<int>(engine, "Nest", 12));
    }

    [Fact]
    public async Task A_parent_gets_its_childs_result_across_a_crash()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, string>("Child", (c, _) => c.WaitForExternalEvent<string>("Go"))
            .AddOrchestratorFunc<int, string>("Main", (c, n) =>
                c.CallSubOrchestratorAsync<string>("Child", n, new TaskOptions().WithInstanceId("child"))));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", 0);
        await engine.WhenIdleAsync();
        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync("child", "Go", "done");

        Assert.Equal("done", await ResultAsync<string>(engine, id));
    }
}
