using System.Collections.Concurrent;
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

        Assert.Equal(Enumerable.Range(0, 150).Select(i => i * i), await RunAsync<int[]>(engine, "Main", 150));
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
    public async Task A_failure_that_nobody_catches_fails_the_instance()
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
    public async Task A_retry_policy_repeats_with_growing_delays_until_success()
    {
        var calls = new ConcurrentQueue<int>();
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Flaky", (_, _) =>
            {
                calls.Enqueue(1);
                return calls.Count < 4 ? throw new InvalidOperationException("not yet") : Task.FromResult(calls.Count);
            })
            .AddOrchestratorFunc<TimeSpan, double>("Main", async (c, first) =>
            {
                var start = c.CurrentUtcDateTime;
                var policy = new RetryPolicy(5, first, backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromDays(30));
                await c.CallActivityAsync<int>("Flaky", 0, TaskOptions.FromRetryPolicy(policy));
                return (c.CurrentUtcDateTime - start) / first;
            }));

        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(7 * Unit(engine));

        // 1 + 2 + 4, exactly where time is ours.
        var waited = await ResultAsync<double>(engine, id);
        Assert.InRange(waited, 7, engine.Capabilities.HasFlag(EngineCapabilities.VirtualTime) ? 7 : 100);
        Assert.Equal(4, calls.Count);
    }

    [Fact]
    public async Task A_retry_delay_grows_no_longer_than_its_maximum()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("never")))
            .AddOrchestratorFunc<int, double>("Main", async (c, _) =>
            {
                var start = c.CurrentUtcDateTime;
                try
                {
                    var policy = new RetryPolicy(5, TimeSpan.FromMinutes(1), 10, TimeSpan.FromMinutes(20));
                    await c.CallActivityAsync<int>("Break", 0, TaskOptions.FromRetryPolicy(policy));
                }
                catch (TaskFailedException)
                {
                }
                return (c.CurrentUtcDateTime - start).TotalMinutes;
            }));
        Needs(engine, EngineCapabilities.VirtualTime);

        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(1 + 10 + 20 + 20, await ResultAsync<double>(engine, id));
    }

    [Fact]
    public async Task Retries_end_after_their_number_and_the_last_failure_is_thrown()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException($"call {Interlocked.Increment(ref calls)}")))
            .AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallActivityAsync<int>("Break", 0, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(5))));
                    return false;
                }
                catch (TaskFailedException)
                {
                    return true;
                }
            }));

        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(Unit(engine));

        Assert.True(await ResultAsync<bool>(engine, id));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task No_retry_begins_after_the_policys_timeout()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException($"call {Interlocked.Increment(ref calls)}")))
            .AddOrchestratorFunc<int, int>("Main", (c, _) =>
            {
                var policy = new RetryPolicy(100, TimeSpan.FromMinutes(10), retryTimeout: TimeSpan.FromMinutes(35));
                return c.CallActivityAsync<int>("Break", 0, TaskOptions.FromRetryPolicy(policy));
            }));
        Needs(engine, EngineCapabilities.VirtualTime);

        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, id)).RuntimeStatus);
        Assert.Equal(4, calls);
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
            .AddOrchestratorFunc<int, int>("Main", async (c, n) => await c.CallActivityAsync<int>("Work", n) + await c.CallActivityAsync<int>("Work", n)));
        Needs(engine, EngineCapabilities.Restart);

        var id = await StartAsync(engine, "Main", 10);
        await begun.Task;
        await engine.RestartAsync();
        first.SetResult();

        Assert.Equal(22, await ResultAsync<int>(engine, id));
        Assert.Equal(3, calls);
    }
}
