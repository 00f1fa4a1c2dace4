using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    public sealed record Person(string Name, int Age, IReadOnlyList<string> Names, Grade Grade);

    public enum Grade
    {
        Low,
        High,
    }

    [Fact]
    public async Task An_activity_takes_an_input_and_answers_a_result()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<string, string>("Greet", (_, name) => Task.FromResult($"Hello, {name}"))
            .AddOrchestratorFunc<string, string>("Main", (c, name) => c.CallActivityAsync<string>("Greet", name)));

        Assert.Equal("Hello, Äß😀", await RunAsync<string>(engine, "Main", "Äß😀"));
    }

    [Fact]
    public async Task A_record_with_lists_and_enums_survives_the_way_there_and_back()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<Person, Person>("Older", (_, p) => Task.FromResult(p with { Age = p.Age + 1 }))
            .AddOrchestratorFunc<Person, Person>("Main", (c, p) => c.CallActivityAsync<Person>("Older", p)));

        var result = await RunAsync<Person>(engine, "Main", new Person("A", 41, ["x", "y"], Grade.High));

        Assert.Equal(("A", 42, Grade.High), (result.Name, result.Age, result.Grade));
        Assert.Equal(["x", "y"], result.Names);
    }

    [Fact]
    public async Task Null_is_an_input_and_a_result()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<string?, string?>("Same", (_, x) => Task.FromResult(x))
            .AddOrchestratorFunc<string?, bool>("Main", async (c, x) => x is null && await c.CallActivityAsync<string?>("Same") is null));

        Assert.True(await RunAsync<bool>(engine, "Main"));
    }

    [Fact]
    public async Task An_activity_may_be_called_without_its_result()
    {
        var effects = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, string>("Add", (_, n) => Task.FromResult(Interlocked.Add(ref effects, n).ToString()))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                await c.CallActivityAsync("Add", n);
                return n;
            }));

        Assert.Equal(3, await RunAsync<int>(engine, "Main", 3));
        Assert.Equal(3, effects);
    }

    [Fact]
    public async Task Activities_in_turn_see_each_others_results()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Double", (_, n) => Task.FromResult(n * 2))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                for (var i = 0; i < 10; i++)
                    n = await c.CallActivityAsync<int>("Double", n);
                return n;
            }));

        Assert.Equal(1024, await RunAsync<int>(engine, "Main", 1));
    }

    [Fact]
    public async Task Many_activities_at_once_return_in_the_order_of_the_calls()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Square", (_, n) => Task.FromResult(n * n))
            .AddOrchestratorFunc<int, int[]>("Main", (c, n) =>
                Task.WhenAll(Enumerable.Range(0, n).Select(i => c.CallActivityAsync<int>("Square", i)))));

        var many = engine.Capabilities.HasFlag(EngineCapabilities.ManyInstances) ? 150 : 15;
        Assert.Equal(Enumerable.Range(0, many).Select(i => i * i), await RunAsync<int[]>(engine, "Main", many));
    }

    [Fact]
    public async Task The_first_of_several_activities_can_be_taken_without_the_others()
    {
        var never = new TaskCompletionSource<int>();
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Work", (_, n) => n == 1 ? Task.FromResult(1) : never.Task)
            .AddOrchestratorFunc<int, int>("Main", async (c, _) =>
            {
                var tasks = new[] { c.CallActivityAsync<int>("Work", 0), c.CallActivityAsync<int>("Work", 1) };
                var first = await Task.WhenAny(tasks);
                c.SetCustomStatus(await first);
                return await tasks[0];
            }));
        var id = await StartAsync(engine, "Main", 0);
        try
        {
            await UntilAsync(engine, id, state => state.SerializedCustomStatus == "1");
        }
        finally
        {
            never.SetResult(2);
        }
        Assert.Equal(2, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task A_failed_activity_throws_what_names_it()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("broken")))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallActivityAsync<int>("Break", 0);
                    return "no exception";
                }
                catch (TaskFailedException e)
                {
                    return e.TaskName;
                }
            }));

        Assert.Equal("Break", await RunAsync<string>(engine, "Main", 0), ignoreCase: true);
    }

    [Fact]
    public async Task A_failure_that_no_one_catches_fails_the_instance()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("broken")))
            .AddOrchestratorFunc<int, int>("Main", (c, _) => c.CallActivityAsync<int>("Break", 0)));

        var ended = await EndAsync(engine, await StartAsync(engine, "Main", 0));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task An_activity_that_is_not_registered_fails_its_call()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallActivityAsync<int>("NoSuch", 0);
                    return false;
                }
                catch (TaskFailedException)
                {
                    return true;
                }
            }));

        Assert.True(await RunAsync<bool>(engine, "Main", 0));
    }

    [Fact]
    public async Task An_activity_in_flight_runs_again_after_a_crash_and_its_result_is_taken_once()
    {
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Work", async (_, n) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    begun.SetResult();
                    await first.Task;
                }
                return n + 1;
            })
            .AddOrchestratorFunc<int,
                int>("Main", async (c, n) => await c.CallActivityAsync<int>("Work", n) + await c.CallActivityAsync<int>("Work", n)));
        Needs(engine, EngineCapabilities.Restart);

        var id = await StartAsync(engine, "Main", 10);
        await begun.Task;
        await engine.RestartAsync();
        first.SetResult();

        Assert.Equal(22, await ResultAsync<int>(engine, id));
        Assert.Equal(3, calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_activity_that_no_one_awaits_runs_after_the_end_or_ContinueAsNew(bool continues)
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Note", (_, n) =>
            {
                ran.TrySetResult();
                return Task.FromResult(n);
            })
            .AddOrchestratorFunc<int, int>("Main", (c, run) =>
            {
                if (run == 0) _ = c.CallActivityAsync<int>("Note", 0);
                if (run == 0 && continues) c.ContinueAsNew(1);
                return Task.FromResult(run);
            }));
        var id = await StartAsync(engine, "Main", 0);

        await WaitAsync(ran.Task);
        Assert.Equal(continues ? 1 : 0, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task Options_as_the_second_argument_are_not_the_input()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<string?, string>("Act", (_, x) => Task.FromResult(x ?? "none"))
            .AddOrchestratorFunc<string?, string>("Child", (_, x) => Task.FromResult(x ?? "none"))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                var options = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(5)));
                return await c.CallActivityAsync<string>("Act", options) + await c.CallSubOrchestratorAsync<string>("Child", options);
            }));

        Assert.Equal("nonenone", await RunAsync<string>(engine, "Main", 0));
    }

    [Fact]
    public async Task An_activity_knows_its_name_and_its_instance()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, string>("Act", (a, _) => Task.FromResult($"{a.Name} of {a.InstanceId}"))
            .AddOrchestratorFunc<int, string>("Main", (c, _) => c.CallActivityAsync<string>("Act", 0)));
        var id = await StartAsync(engine, "Main", 0);

        Assert.Equal("Act of " + id, await ResultAsync<string>(engine, id));
    }
}
