using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using MappaFlows.Testing.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>Reads that fail at the worst moments: nothing is lost, and nothing is quarantined for what is the store's trouble.</summary>
[Trait("Category", "Fault")]
public sealed class FailingReadsTests
{
    private readonly TaskCompletionSource<int> _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<StoreCall, Fault> _plan = _ => Fault.None;
    private ITableStore _store = null!;

    private void Register(DurableTaskRegistry r) => r
        .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
        .AddActivityFunc<int, int>("Slow", (_, _) => _slow.Task)
        .AddOrchestratorFunc<int, int>("Slowly", (c, n) => c.CallActivityAsync<int>("Slow", n))
        .AddOrchestratorFunc<int, int>("Bell", async (c, n) => n + await c.WaitForExternalEvent<int>("Bell"))
        .AddOrchestratorFunc<int, int>("Day", async (c, n) =>
        {
            await c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return await c.CallActivityAsync<int>("Same", n);
        });

    private Task<EmbeddedHost> StartAsync(Action<EmbeddedDurableTaskOptions>? configure = null) => SqliteEngine.StartAsync(
        Register,
        options =>
        {
            FaultyHost.Eagerly(options);
            configure?.Invoke(options);
        },
        store =>
        {
            _store = store;
            return new FaultyTableStore(store, FaultPlan.Of(call => _plan(call)));
        });

    /// <summary>So many faults of a kind, at the calls that fit.</summary>
    private static Func<StoreCall, Fault> First(int count, Fault fault, Func<StoreCall, bool> fits) =>
        call => fits(call) && Interlocked.Decrement(ref count) >= 0 ? fault : Fault.None;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_commit_whose_answer_was_lost_is_recognised_although_the_reads_that_ask_for_it_fail(int failures)
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Bell", 1, new StartOrchestrationOptions("a"));
        var lost = First(1, Fault.FailAfter, call => call.Operation == StoreOperation.Commit);
        var silent = First(failures, Fault.FailBefore, call => call is { Operation: StoreOperation.Get, Row: Keys.Host });
        _plan = call => lost(call) is not Fault.None and var fault ? fault : silent(call);

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i =>
                host.Client.ScheduleNewOrchestrationInstanceAsync("Bell", i, new StartOrchestrationOptions($"i{i}"))));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.Client.RaiseEventAsync($"i{i}", "Bell", i)));
        await host.Client.RaiseEventAsync("a", "Bell", 1);
        await host.WhenIdleAsync();

        Assert.Empty(await host.Operations.ListQuarantinedAsync());
        for (var i = 0; i < 20; i++)
            Assert.Equal($"{2 * i}", (await host.Client.GetInstanceAsync($"i{i}", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_store);
    }

    [Fact]
    public async Task Reads_that_fail_while_a_host_starts_are_not_counted_against_the_instances_that_it_takes_up()
    {
        await using var host = await StartAsync(o => o.MaxRecoveries = 2);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Slowly", 0, new StartOrchestrationOptions("a"));
        _plan = First(5, Fault.FailBefore, call => call is { Operation: StoreOperation.Query, Row: Keys.Messages });
        await host.RestartAsync();
        await FaultyHost.WhenActiveAsync(host);
        _slow.SetResult(7);
        await host.WhenIdleAsync();

        Assert.Empty(await host.Operations.ListQuarantinedAsync());
        Assert.Equal("7", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
    }

    [Fact]
    public async Task A_host_that_starts_while_the_store_is_away_stands_by_and_takes_up_the_work_when_it_is_back()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Day", 3, new StartOrchestrationOptions("a"));
        _plan = _ => Fault.FailBefore;
        await host.RestartAsync();
        Assert.False(host.Engine.IsActive);

        _plan = _ => Fault.None;
        await FaultyHost.WhenActiveAsync(host);
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal("3", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
    }

    [Fact]
    public async Task Timers_fire_in_time_although_the_reading_of_them_fails()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Day", 3, new StartOrchestrationOptions("a"));
        _plan = First(
            4,
            Fault.FailBefore,
            call => call.Operation == StoreOperation.Query && call.Row.StartsWith(Keys.Timers, StringComparison.Ordinal));
        await host.RestartAsync();
        await host.WhenIdleAsync();

        Assert.Equal(EmbeddedHost.Epoch.AddDays(1), host.Engine.NextTimerAt);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("3", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
    }

    [Fact]
    public async Task An_instance_that_cannot_be_loaded_for_a_while_is_not_parked()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Bell", 3, new StartOrchestrationOptions("a"));
        await host.RestartAsync();
        await FaultyHost.WhenActiveAsync(host);
        var head = First(5, Fault.FailAfter, call => call is { Operation: StoreOperation.Get, Row: "h|a" });
        var history = First(
            5,
            Fault.FailBefore,
            call => call.Operation == StoreOperation.Query && call.Row.StartsWith("i|a|", StringComparison.Ordinal));
        _plan = call => head(call) is not Fault.None and var fault ? fault : history(call);
        Assert.True(await host.TryRaiseAsync("a", "Bell", 4));
        await host.WhenIdleAsync();

        Assert.Empty(await host.Operations.ListQuarantinedAsync());
        Assert.Equal("7", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
    }

    [Fact]
    public async Task What_was_kept_for_a_parked_instance_reaches_it_although_the_reads_after_the_retry_fail()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Bell", 3, new StartOrchestrationOptions("a"));
        var whole = (await _store.GetAsync(EngineRows.Table, Keys.Partition, Keys.Turn("a", 0, 0)))!;
        await PutAsync(new Dictionary<string, object>(whole.Properties) { ["Events"] = "not json"u8.ToArray() });
        await host.RestartAsync();
        await FaultyHost.WhenActiveAsync(host);
        Assert.True(await host.TryRaiseAsync("a", "Bell", 4));
        await host.WhenIdleAsync();
        await PutAsync(whole.Properties);
        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());

        _plan = First(3, Fault.FailBefore, call => call is { Operation: StoreOperation.Query, Row: Keys.Messages });
        Assert.True(await host.Operations.RetryQuarantinedAsync(quarantined.Key));
        await host.WhenIdleAsync();

        Assert.Equal("7", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_store);

        async Task PutAsync(IReadOnlyDictionary<string, object> properties) =>
            await _store.CommitAsync(EngineRows.Table, Keys.Partition, [new Upsert(whole.Row, properties)]);
    }
}
