using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>
/// Traps that others in the field have fallen into, each with a test of its own. Those of events and cancelled waits are in the contract,
/// since every engine must pass them; activities that run twice are among the kill points; those of links, email and Azurite are in the
/// tests of their rooms.
/// </summary>
public sealed class TrapTests
{
    private ITableStore _store = null!;

    private Task<EmbeddedHost> StartAsync(Action<DurableTaskRegistry> register, FakeTimeProvider? time = null) =>
        SqliteEngine.StartAsync(register, null, store => _store = store, time);

    [Fact]
    public async Task A_finished_instance_is_not_shown_running_after_a_crash()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", (_, n) => Task.FromResult(n)));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 1);
        await host.Client.WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken);

        await host.RestartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(id, true))!.RuntimeStatus);
        Assert.Empty(await ListAsync(host, OrchestrationRuntimeStatus.Running));
    }

    [Fact]
    public async Task A_timer_of_a_year_is_one_step_of_a_history_and_one_row()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Year", async (c, n) =>
        {
            await c.CreateTimer(TimeSpan.FromDays(365), CancellationToken.None);
            return n;
        }));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Year", 1, new StartOrchestrationOptions("y"));
        Assert.Single(await EngineRows.WithPrefixAsync(_store, Keys.Timers));
        await host.AdvanceAsync(TimeSpan.FromDays(365));

        Assert.Equal(
            ["ExecutionStarted", "TimerCreated", "TimerFired", "ExecutionCompleted"],
            (await host.Operations.GetAsync("y"))!.History.Select(h => h.Kind));
    }

    [Fact]
    public async Task New_code_over_an_old_history_fails_the_instance_by_name_of_the_step_and_no_other()
    {
        var changed = false;
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("Old", (_, n) => Task.FromResult(n))
            .AddActivityFunc<int, int>("New", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Same", (c, _) => c.WaitForExternalEvent<int>("Bell"))
            .AddOrchestratorFunc<int, int>("Changed", async (c, n) =>
            {
                await c.CallActivityAsync<int>("Old", n);
                await c.CallActivityAsync<int>(changed ? "New" : "Old", n);
                return await c.WaitForExternalEvent<int>("Bell");
            }));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Changed", 0, new StartOrchestrationOptions("c"));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Same", 0, new StartOrchestrationOptions("s"));
        await host.WhenIdleAsync();

        changed = true;
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("c", "Bell", 1);
        await host.Client.RaiseEventAsync("s", "Bell", 1);
        await host.WhenIdleAsync();

        var failed = (await host.Client.GetInstanceAsync("c", true))!;
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Contains("Step 1", failed.FailureDetails!.ErrorMessage);
        Assert.Contains("expected activity 'Old', found activity 'New'", failed.FailureDetails.ErrorMessage);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync("s", true))!.RuntimeStatus);
        await EngineRows.AssertTidyAsync(_store);
    }

    [Theory]
    [InlineData("fewer", "expected activity 'A', found nothing asked for")]
    [InlineData("timer", "expected activity 'A', found a timer")]
    [InlineData("more", "expected nothing asked for, found activity 'B'")]
    [InlineData("ended", "expected the orchestration to go on, found its end")]
    public async Task A_divergence_says_what_was_expected_and_what_was_found(string how, string message)
    {
        var replayed = false;
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("A", (_, n) => Task.FromResult(n))
            .AddActivityFunc<int, int>("B", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<string, int>("Main", async (c, way) =>
            {
                way = replayed ? way : "";
                var bell = c.WaitForExternalEvent<int>("Bell");
                if (way == "timer")
                    await c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                else if (way == "more")
                    await Task.WhenAll(c.CallActivityAsync<int>("A", 0), c.CallActivityAsync<int>("B", 0));
                else if (way != "fewer")
                    await c.CallActivityAsync<int>("A", 0);
                return way == "ended" ? 0 : await bell;
            }));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", how, new StartOrchestrationOptions("d"));
        await host.WhenIdleAsync();
        replayed = true;
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("d", "Bell", 1);
        await host.WhenIdleAsync();

        Assert.Contains(message, (await host.Client.GetInstanceAsync("d", true))!.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task A_divergence_that_the_code_catches_stops_it_all_the_same()
    {
        var replayed = false;
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("A", (_, n) => Task.FromResult(n))
            .AddActivityFunc<int, int>("B", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", async (c, _) =>
            {
                try
                {
                    await c.CallActivityAsync<int>(replayed ? "B" : "A", 0);
                }
                catch (DivergedException)
                {
                }
                return await c.WaitForExternalEvent<int>("Bell");
            }));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0, new StartOrchestrationOptions("d"));
        await host.WhenIdleAsync();
        replayed = true;
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("d", "Bell", 1);
        await host.WhenIdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Client.GetInstanceAsync("d", true))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_long_history_goes_with_ContinueAsNew_and_with_purge_although_it_is_more_than_one_commit()
    {
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Long", async (c, run) =>
            {
                for (var i = 0; i < 250; i++)
                    await c.CallActivityAsync<int>("Same", i);
                if (run == 0)
                    c.ContinueAsNew(1);
                return run;
            }));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Long", 0, new StartOrchestrationOptions("l"));
        await host.WhenIdleAsync();

        Assert.Equal("1", (await host.Client.GetInstanceAsync("l", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_store);
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("l")).PurgedInstanceCount);
        Assert.Empty(await EngineRows.WithPrefixAsync(_store, "i|"));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_turn_back_an_orchestrations_time()
    {
        var time = new SettableTime { Now = EmbeddedHost.Epoch };
        var folder = Directory.CreateTempSubdirectory("mappaflows-");
        await using (var store = new SqliteTableStore(Path.Combine(folder.FullName, "engine.db")))
        {
            await using var services = new ServiceCollection()
                .AddSingleton<TimeProvider>(time)
                .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
                .AddEmbeddedDurableTask(store, r => r.AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
                {
                    var before = c.CurrentUtcDateTime;
                    await c.WaitForExternalEvent<int>("Bell");
                    return c.CurrentUtcDateTime >= before;
                }))
                .BuildServiceProvider();
            await services.GetServices<IHostedService>().Single().StartAsync(TestContext.Current.CancellationToken);
            var client = services.GetRequiredService<DurableTaskClient>();
            await client.ScheduleNewOrchestrationInstanceAsync("Main", 0, new StartOrchestrationOptions("m"));
            time.Now = EmbeddedHost.Epoch.AddYears(-3);
            await client.RaiseEventAsync("m", "Bell", 0);

            Assert.Equal(
                "true",
                (await client.WaitForInstanceCompletionAsync("m", true, TestContext.Current.CancellationToken)).SerializedOutput);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task More_sleepers_than_memory_holds_wake_each_at_its_time()
    {
        await using var host = await SqliteEngine.StartAsync(
            r => r.AddOrchestratorFunc<int, int>("Sleep", async (c, days) =>
            {
                await c.CreateTimer(TimeSpan.FromDays(days), CancellationToken.None);
                return days;
            }),
            o => o.MaxCachedInstances = 100);
        // Far more than the timer index reads at once.
        const int sleepers = 6000;
        await Task.WhenAll(Enumerable.Range(1, sleepers).Select(i => host.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", i)));
        await host.RestartAsync();
        await host.WhenIdleAsync();
        Assert.Equal(EmbeddedHost.Epoch.AddDays(1), host.Engine.NextTimerAt);

        await host.AdvanceAsync(TimeSpan.FromDays(5000));

        Assert.Equal(EmbeddedHost.Epoch.AddDays(5001), host.Engine.NextTimerAt);
        Assert.Equal(sleepers - 5000, (await ListAsync(host, OrchestrationRuntimeStatus.Running)).Count);
    }

    private static async Task<List<string>> ListAsync(EmbeddedHost host, OrchestrationRuntimeStatus status)
    {
        var found = new List<string>();
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [status], PageSize: 1000)))
            found.Add(instance.InstanceId);
        return found;
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
