using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    /// <summary>Cannot even say what it is.</summary>
    private sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("There is no message.");
    }

    private sealed class BrokenLogger : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) throw new InvalidOperationException("The logger is broken.");
        }

        public void Dispose()
        {
        }
    }

    public sealed class Nested
    {
        public Nested? Inner { get; init; }

        /// <summary>Nested so deep, itself counted.</summary>
        public static Nested Of(int depth) => new() { Inner = depth == 1 ? null : Of(depth - 1) };

        public int Depth() => 1 + (Inner?.Depth() ?? 0);
    }

    [Fact]
    public async Task A_failed_activity_tells_its_type_message_and_inner_failure()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("outer", new TimeoutException("inner"))))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallActivityAsync<int>("Break", 0);
                    return "no exception";
                }
                catch (TaskFailedException e)
                {
                    var inner = e.FailureDetails.InnerFailure!;
                    return $"{e.FailureDetails.ErrorMessage} {e.FailureDetails.IsCausedBy<InvalidOperationException>()} {inner.ErrorMessage} {inner.ErrorType}";
                }
            }));

        Assert.Equal("outer True inner System.TimeoutException", await RunAsync<string>(engine, "Main", 0));
    }

    [Fact]
    public async Task A_failed_sub_orchestration_tells_its_message()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Child", (_, _) => Task.FromException<int>(new InvalidOperationException("broken child")))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallSubOrchestratorAsync("Child", 0);
                    return "no exception";
                }
                catch (TaskFailedException e)
                {
                    return e.FailureDetails.ErrorMessage;
                }
            }));

        Assert.Contains("broken child", await RunAsync<string>(engine, "Main", 0));
    }

    [Fact]
    public async Task A_failed_instance_shows_its_failure()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Main", (_, _) => Task.FromException<int>(new InvalidOperationException("broken"))));

        var ended = await EndAsync(engine, await StartAsync(engine, "Main", 0));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(("System.InvalidOperationException", "broken"), (ended.FailureDetails!.ErrorType, ended.FailureDetails.ErrorMessage));
    }

    [Fact]
    public async Task An_instance_of_an_unknown_orchestrator_shows_that_it_was_not_found()
    {
        await using var engine = await StartAsync(Wait);

        var ended = await EndAsync(engine, await StartAsync(engine, "NoSuch", 0));

        Assert.Contains("NoSuch", ended.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task An_activity_whose_exception_cannot_be_read_fails_and_others_run_on()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Mute", (_, _) => Task.FromException<int>(new MuteException()))
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                var failed = 0;
                for (var i = 0; i < n; i++)
                {
                    try
                    {
                        await c.CallActivityAsync("Mute", 0);
                    }
                    catch (TaskFailedException)
                    {
                        failed++;
                    }
                }
                return await c.CallActivityAsync<int>("Same", failed);
            }));

        Assert.Equal(3, await RunAsync<int>(engine, "Main", 3));
    }

    [Fact]
    public async Task An_orchestrator_whose_exception_cannot_be_read_fails()
    {
        await using var engine = await StartAsync(
            r => r.AddOrchestratorFunc<int, int>("Main", (_, _) => Task.FromException<int>(new MuteException())));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, await StartAsync(engine, "Main", 0))).RuntimeStatus);
    }

    [Fact]
    public async Task A_logger_that_throws_loses_no_outcome()
    {
        await using var engine = await StartAsync(new EngineSetup(r => r
            .AddActivityFunc<int, int>("Break", (_, _) => Task.FromException<int>(new InvalidOperationException("broken")))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                var failed = 0;
                for (var i = 0; i < n; i++)
                {
                    try
                    {
                        await c.CallActivityAsync("Break", 0);
                    }
                    catch (TaskFailedException)
                    {
                        failed++;
                    }
                }
                return failed;
            }))
        { Logs = new BrokenLogger() });

        Assert.Equal(3, await RunAsync<int>(engine, "Main", 3));
    }

    [Fact]
    public async Task A_failure_through_many_nested_sub_orchestrations_reaches_the_first_and_can_be_listed_and_purged()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Nest", async (c, depth) => depth == 0
            ? throw new InvalidOperationException("broken")
            : await c.CallSubOrchestratorAsync<int>("Nest", depth - 1)));
        Needs(engine, EngineCapabilities.ManyInstances);
        var id = await StartAsync(engine, "Nest", 150);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, id)).RuntimeStatus);
        var failed = await IdsAsync(
            engine,
            new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Failed], FetchInputsAndOutputs = true });
        Assert.Equal(151, failed.Count);
        Assert.Equal(
            151,
            (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: engine.Now.AddDays(-1))))
                .PurgedInstanceCount);
    }

    [Fact]
    public async Task A_failure_through_some_nested_sub_orchestrations_reaches_the_first()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Nest", async (c, depth) => depth == 0
            ? throw new InvalidOperationException("broken")
            : await c.CallSubOrchestratorAsync<int>("Nest", depth - 1)));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, await StartAsync(engine, "Nest", 8))).RuntimeStatus);
    }

    [Fact]
    public async Task JSON_that_is_63_levels_deep_passes()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<Nested, Nested>("Same", (_, x) => Task.FromResult(x))
            .AddOrchestratorFunc<Nested, Nested>("Main", async (c, x) =>
            {
                c.SetCustomStatus(x);
                return await c.CallActivityAsync<Nested>("Same", x);
            }));

        Assert.Equal(63, (await RunAsync<Nested>(engine, "Main", Nested.Of(63))).Depth());
    }

    [Fact]
    public async Task JSON_that_is_too_deep_is_refused_at_the_door()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "Echo", Nested.Of(70), "deep"));
        Assert.Null(await FindAsync(engine, "deep"));
        await StartAsync(engine, "Wait", "", "sound");
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Client.RaiseEventAsync("sound", "Signal", Nested.Of(70)));
        await engine.Client.RaiseEventAsync("sound", "Signal", "shallow");
        Assert.Equal("shallow", await ResultAsync<string>(engine, "sound"));
    }

    [Fact]
    public async Task An_activity_whose_result_is_too_deep_fails()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, Nested>("Deep", (_, depth) => Task.FromResult(Nested.Of(depth)))
            .AddOrchestratorFunc<int, bool>("Main", async (c, depth) =>
            {
                try
                {
                    await c.CallActivityAsync<Nested>("Deep", depth);
                    return false;
                }
                catch (TaskFailedException)
                {
                    return true;
                }
            }));

        Assert.True(await RunAsync<bool>(engine, "Main", 70));
    }
}
