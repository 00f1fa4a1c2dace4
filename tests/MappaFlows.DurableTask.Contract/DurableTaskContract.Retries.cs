using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
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
    public async Task A_failure_after_the_policys_timeout_is_not_retried()
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
        // The failure at minute 30 is within the timeout, so one more attempt follows; the failure at minute 40 is not.
        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task An_infinite_maximum_retry_interval_lets_the_delay_grow()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("never")))
            .AddOrchestratorFunc<TimeSpan, double>("Main", async (c, first) =>
            {
                var start = c.CurrentUtcDateTime;
                try
                {
                    var policy = new RetryPolicy(3, first, backoffCoefficient: 2, maxRetryInterval: Timeout.InfiniteTimeSpan);
                    await c.CallActivityAsync<int>("Break", 0, TaskOptions.FromRetryPolicy(policy));
                }
                catch (TaskFailedException)
                {
                }
                return (c.CurrentUtcDateTime - start) / first;
            }));

        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(3 * Unit(engine));

        Assert.True(await ResultAsync<double>(engine, id) >= 3);
    }

    [Fact]
    public async Task A_policy_that_does_not_handle_the_failure_ends_the_retries()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(
                Interlocked.Increment(ref calls) == 1 ? new TimeoutException("again") : new InvalidOperationException("final")))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                var policy = new RetryPolicy(5, TimeSpan.FromMilliseconds(5))
                {
                    HandleFailure = failure => failure.IsCausedBy<TimeoutException>(),
                };
                try
                {
                    await c.CallActivityAsync<int>("Break", 0, TaskOptions.FromRetryPolicy(policy));
                    return "no exception";
                }
                catch (TaskFailedException e)
                {
                    return e.FailureDetails.ErrorMessage;
                }
            }));

        var id = await StartAsync(engine, "Main", 0);
        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal("final", await ResultAsync<string>(engine, id));
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_retry_handler_is_asked_after_each_failure(bool isAsync)
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new TimeoutException("broken")))
            .AddOrchestratorFunc<bool, string>("Main", async (c, async) =>
            {
                var attempts = new List<int>();
                bool Handle(RetryContext retry)
                {
                    if (attempts.LastOrDefault() != retry.LastAttemptNumber) attempts.Add(retry.LastAttemptNumber);
                    return retry.LastAttemptNumber < 3 && retry.LastFailure.IsCausedBy<TimeoutException>();
                }
                var options = async
                    ? TaskOptions.FromRetryHandler(retry => Task.FromResult(Handle(retry)))
                    : TaskOptions.FromRetryHandler(Handle);
                try
                {
                    await c.CallActivityAsync<int>("Break", 0, options);
                    return "no exception";
                }
                catch (TaskFailedException)
                {
                    return string.Join(",", attempts);
                }
            }));

        Assert.Equal("1,2,3", await RunAsync<string>(engine, "Main", isAsync));
    }

    [Fact]
    public async Task A_retry_handler_may_wait_on_a_timer()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Flaky", (_, _) => Interlocked.Increment(ref calls) < 3
                ? Task.FromException<int>(new InvalidOperationException("not yet"))
                : Task.FromResult(7))
            .AddOrchestratorFunc<TimeSpan,
                int>("Main", (c, delay) => c.CallActivityAsync<int>("Flaky", 0, TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(delay, CancellationToken.None);
                return true;
            }))));

        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(2 * Unit(engine));

        Assert.Equal(7, await ResultAsync<int>(engine, id));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_retry_handler_repeats_a_sub_orchestration()
    {
        var calls = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Count", (_, _) => Task.FromResult(Interlocked.Increment(ref calls)))
            .AddOrchestratorFunc<int, int>("Child", async (c, _) =>
                await c.CallActivityAsync<int>("Count", 0) is var n && n < 3 ? throw new InvalidOperationException("not yet") : n)
            .AddOrchestratorFunc<int, int>("Main", (c, n) =>
                c.CallSubOrchestratorAsync<int>("Child", n, TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 5))));

        Assert.Equal(3, await RunAsync<int>(engine, "Main", 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_task_is_not_retried(bool isActivity)
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<bool, double>("Main", async (c, activity) =>
        {
            var start = c.CurrentUtcDateTime;
            var options = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1)));
            try
            {
                if (activity) await c.CallActivityAsync<int>("NoSuch", 0, options);
                else await c.CallSubOrchestratorAsync<int>("NoSuch", 0, options);
                return -1;
            }
            catch (TaskFailedException)
            {
                return (c.CurrentUtcDateTime - start).TotalMinutes;
            }
        }));

        var id = await StartAsync(engine, "Main", isActivity);
        if (engine.Capabilities.HasFlag(EngineCapabilities.VirtualTime)) await engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.InRange(await ResultAsync<double>(engine, id), 0, 0.9);
    }
}
