using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task Ids_and_times_are_the_same_in_every_replay()
    {
        var seen = new ConcurrentDictionary<int, ConcurrentBag<(Guid, DateTime)>>();
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, Guid[]>("Main", async (c, _) =>
            {
                var ids = new List<Guid>();
                for (var step = 0; step < 5; step++)
                {
                    ids.Add(c.NewGuid());
                    seen.GetOrAdd(step, _ => []).Add((ids[step], c.CurrentUtcDateTime));
                    await c.CallActivityAsync<int>("Same", step);
                }
                return [.. ids];
            }));

        var ids = await RunAsync<Guid[]>(engine, "Main", 0);

        Assert.Equal(5, ids.Distinct().Count());
        Assert.All(seen, step => Assert.Single(step.Value.Distinct()));
    }

    [Fact]
    public async Task Ids_differ_between_instances_runs_and_reuses()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<List<Guid>, List<Guid>>("Main", (c, ids) =>
        {
            ids.Add(c.NewGuid());
            if (ids.Count < 3)
                c.ContinueAsNew(ids);
            return Task.FromResult(ids);
        }));
        var all = new List<Guid>();
        foreach (var id in new[] { "a", "b", "a" })
        {
            await StartAsync(engine, "Main", new List<Guid>(), id);
            all.AddRange(await ResultAsync<List<Guid>>(engine, id));
        }

        Assert.Equal(9, all.Distinct().Count());
    }

    [Fact]
    public async Task Code_can_tell_a_replay_from_the_first_time()
    {
        var firstTimes = 0;
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", async (c, _) =>
            {
                for (var step = 0; step < 4; step++)
                {
                    if (!c.IsReplaying)
                        Interlocked.Increment(ref firstTimes);
                    await c.CallActivityAsync<int>("Same", step);
                }
                return 0;
            }));
        await RunAsync<int>(engine, "Main", 0);

        Assert.Equal(4, firstTimes);
    }

    [Fact]
    public async Task Time_does_not_stand_still_between_steps()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, bool>("Main", async (c, delay) =>
        {
            var before = c.CurrentUtcDateTime;
            await c.CreateTimer(delay, CancellationToken.None);
            return before.Kind == DateTimeKind.Utc && c.CurrentUtcDateTime - before >= delay;
        }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(Unit(engine));

        Assert.True(await ResultAsync<bool>(engine, id));
    }

    [Fact]
    public async Task A_start_with_too_large_an_input_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => StartAsync(engine, "Echo", new string('x', 300_000), "big"));

        Assert.Null(await engine.Client.GetInstanceAsync("big"));
    }

    [Fact]
    public async Task An_input_as_large_as_may_be_passes_everywhere()
    {
        await using var engine = await StartAsync(r =>
        {
            Wait(r);
            r.AddActivityFunc<string, string>("Same", (_, x) => Task.FromResult(x));
            r.AddOrchestratorFunc<string, string>(
                "Main",
                async (c, x) => await c.CallActivityAsync<string>("Same", await c.CallSubOrchestratorAsync<string>("Echo", x)));
        });
        var large = new string('x', (256 * 1024) - 2);

        Assert.Equal(large, await RunAsync<string>(engine, "Main", large));
    }

    [Fact]
    public async Task Too_large_a_result_fails_the_call_and_not_the_engine()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, string>("Big", (_, n) => Task.FromResult(new string('x', n)))
            .AddOrchestratorFunc<int, string>("Main", async (c, n) =>
            {
                try
                {
                    return await c.CallActivityAsync<string>("Big", n);
                }
                catch (TaskFailedException)
                {
                    return "refused";
                }
            }));

        Assert.Equal("refused", await RunAsync<string>(engine, "Main", 300_000));
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("run")]
    [InlineData("never")]
    [InlineData("configure")]
    public async Task Awaiting_a_foreign_task_fails_the_instance(string how)
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<string, int>("Main", async (c, way) =>
            {
                // A standing wait keeps the instance alive, so that only the foreign await can be what stops it.
                _ = c.WaitForExternalEvent<int>("Signal");
                switch (way)
                {
                    case "delay":
                        await Task.Delay(1);
                        break;
                    case "run":
                        await Task.Run(() => Thread.Sleep(1));
                        break;
                    case "never":
                        await c.CallActivityAsync<int>("Same", 1);
                        await Task.Factory.StartNew(() => Thread.Sleep(1));
                        break;
                    case "configure":
                        await c.CallActivityAsync<int>("Same", 1).ConfigureAwait(false);
                        break;
                }
                return await c.CallActivityAsync<int>("Same", 2);
            }));

        var ended = await EndAsync(engine, await StartAsync(engine, "Main", how));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task Everything_that_waits_survives_crash_after_crash()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Child", async (c, n) =>
            {
                await c.CreateTimer(TimeSpan.FromMilliseconds(n), CancellationToken.None);
                return await c.CallActivityAsync<int>("Same", n);
            })
            .AddOrchestratorFunc<TimeSpan, string>("Main", async (c, unit) =>
            {
                var children = Enumerable.Range(1, 5).Select(i => c.CallSubOrchestratorAsync<int>("Child", i)).ToList();
                var signal = c.WaitForExternalEvent<string>("Signal");
                await c.CreateTimer(3 * unit, CancellationToken.None);
                return (await Task.WhenAll(children)).Sum() + await signal;
            }));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", Unit(engine));
        for (var i = 0; i < 4; i++)
        {
            await engine.RestartAsync();
            if (i == 1)
                await engine.Client.RaiseEventAsync(id, "Signal", "!");
            await engine.AdvanceAsync(Unit(engine));
        }

        Assert.Equal("15!", await ResultAsync<string>(engine, id));
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task A_replay_safe_logger_says_each_line_once()
    {
        var lines = new LogLines();
        await using var engine = await StartAsync(new EngineSetup(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", async (c, _) =>
            {
                var log = c.CreateReplaySafeLogger("Contract");
                for (var step = 1; step <= 3; step++)
                {
                    log.LogInformation("before step {Step}", step);
                    await c.CallActivityAsync<int>("Same", step);
                }
                log.LogInformation("at the end");
                return 0;
            }))
        { Logs = lines });

        await RunAsync<int>(engine, "Main", 0);

        Assert.Equal(["before step 1", "before step 2", "before step 3", "at the end"], lines.All.Where(l => l.StartsWith("before", StringComparison.Ordinal) || l == "at the end"));
    }

    [Fact]
    public async Task An_orchestrator_knows_its_name_and_has_no_parent_when_it_was_started()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", (c, _) => Task.FromResult($"{c.Name} {c.Parent is null}")));

        Assert.Equal("Main True", await RunAsync<string>(engine, "Main", 0));
    }
}
