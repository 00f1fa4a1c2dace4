using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>What fails outside of an orchestration's own code is quarantined, listed, and put back by a person.</summary>
public sealed class QuarantineTests
{
    private ITableStore _store = null!;

    private Task<EmbeddedHost> StartAsync(Action<DurableTaskRegistry> register, Action<EmbeddedDurableTaskOptions>? configure = null) =>
        SqliteEngine.StartAsync(register, configure, store => _store = store);

    private static void Wait(DurableTaskRegistry r) => r.AddOrchestratorFunc<string, string>("Wait", async (c, _) =>
    {
        await c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        return await c.WaitForExternalEvent<string>("Bell");
    });

    [Fact]
    public async Task An_instance_whose_history_cannot_be_read_is_quarantined_keeps_its_messages_and_goes_on_once_fixed()
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        var whole = (await _store.GetAsync(EngineRows.Table, Keys.Partition, Keys.Turn("a", 0, 0)))!;
        await PutAsync(new Upsert(whole.Row, new Dictionary<string, object>(whole.Properties) { ["Events"] = "not json"u8.ToArray() }));
        await host.RestartAsync();

        Assert.True(await host.TryRaiseAsync("a", "Bell", "kept"));
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Equal("a", quarantined.InstanceId);
        Assert.Contains("Corrupt", quarantined.Reason);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync("a", true))!.RuntimeStatus);
        await host.RestartAsync();
        Assert.Single(await host.Operations.ListQuarantinedAsync());

        await PutAsync(new Upsert(whole.Row, whole.Properties));
        Assert.True(await host.Operations.RetryQuarantinedAsync(quarantined.Key));
        await host.WhenIdleAsync();

        Assert.Equal("\"kept\"", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        Assert.Empty(await host.Operations.ListQuarantinedAsync());
        await EngineRows.AssertTidyAsync(_store);
    }

    [Fact]
    public async Task An_instance_that_still_cannot_be_read_is_quarantined_again()
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        await PutAsync(new Delete(Keys.Turn("a", 0, 0)));
        await PutAsync(new Upsert(Keys.Turn("a", 0, 1), new Dictionary<string, object> { ["Events"] = "[]"u8.ToArray() }));
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("a", "Bell", "x");
        await host.WhenIdleAsync();

        var first = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Equal((3, EmbeddedHost.Epoch, EmbeddedHost.Epoch), (first.Attempts, first.Since, first.LastFailedAt));
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.True(await host.Operations.RetryQuarantinedAsync(first.Key));
        await host.WhenIdleAsync();

        var again = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Equal((6, first.Since, host.Now), (again.Attempts, again.Since, again.LastFailedAt));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_quarantined_and_the_others_are_delivered()
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        await PutAsync(new Insert(Keys.Posted + "1", new Dictionary<string, object> { ["To"] = "a", ["Kind"] = "Riddle" }));
        await PutAsync(new Insert(Keys.Posted + "2", MessageRow.Encode("a", new EventMessage("Bell", "\"ok\""u8.ToArray()))));
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("\"ok\"", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Null(quarantined.InstanceId);
        Assert.Contains("Riddle", quarantined.Reason);

        Assert.True(await host.Operations.DiscardQuarantinedAsync(quarantined.Key));
        Assert.False(await host.Operations.DiscardQuarantinedAsync(quarantined.Key));
        await EngineRows.AssertTidyAsync(_store);
    }

    [Fact]
    public async Task A_timer_that_cannot_be_read_is_quarantined_and_the_others_fire()
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        await host.Client.RaiseEventAsync("a", "Bell", "ok");
        await PutAsync(new Insert(Keys.Timers + "00000000000000000001|x|0|0", new Dictionary<string, object> { ["Id"] = 7 }));
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("\"ok\"", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.True(await host.Operations.RetryQuarantinedAsync(quarantined.Key));
        await host.WhenIdleAsync();
        Assert.Single(await host.Operations.ListQuarantinedAsync());
    }

    [Fact]
    public async Task An_activity_that_kills_its_host_again_and_again_is_quarantined_after_its_recoveries_and_can_be_retried()
    {
        var deadly = true;
        var begun = 0;
        var never = new TaskCompletionSource<int>();
        await using var host = await StartAsync(
            r => r
                .AddActivityFunc<int, int>("Deadly", (_, n) =>
                {
                    Interlocked.Increment(ref begun);
                    return deadly ? never.Task : Task.FromResult(n);
                })
                .AddOrchestratorFunc<int, int>("Main", (c, n) => c.CallActivityAsync<int>("Deadly", n)),
            o => o.MaxRecoveries = 3);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 5, new StartOrchestrationOptions("a"));
        while (await host.Operations.ListQuarantinedAsync() is [])
        {
            Assert.InRange(begun, 0, 4);
            await host.RestartAsync();
            host.Time.Advance(TimeSpan.FromHours(1));
        }
        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Equal("a", quarantined.InstanceId);
        Assert.Equal(
            (3, EmbeddedHost.Epoch, EmbeddedHost.Epoch.AddHours(3)),
            (quarantined.Attempts, quarantined.Since, quarantined.LastFailedAt));

        deadly = false;
        Assert.True(await host.Operations.RetryQuarantinedAsync((await host.Operations.ListQuarantinedAsync())[0].Key));
        await host.WhenIdleAsync();

        Assert.Equal("5", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        never.SetResult(0);
    }

    [Fact]
    public async Task An_instance_that_makes_progress_may_be_recovered_any_number_of_times()
    {
        var slow = new TaskCompletionSource<int>();
        await using var host = await StartAsync(
            r => r
                .AddActivityFunc<int, int>("Slow", (_, _) => slow.Task)
                .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
                .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
                {
                    var inFlight = c.CallActivityAsync<int>("Slow", 0);
                    for (var i = 0; i < n; i++)
                    {
                        await c.WaitForExternalEvent<int>("Go");
                        c.SetCustomStatus(await c.CallActivityAsync<int>("Same", i));
                    }
                    return await inFlight + n;
                }),
            o => o.MaxRecoveries = 2);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 6, new StartOrchestrationOptions("a"));
        for (var i = 0; i < 6; i++)
        {
            await host.RestartAsync();
            await host.Client.RaiseEventAsync("a", "Go", 0);
            await Testing.Wait.UntilAsync(async () => (await host.Client.GetInstanceAsync("a", true))!.SerializedCustomStatus == $"{i}");
        }
        slow.SetResult(1);
        await host.WhenIdleAsync();

        Assert.Equal("7", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        Assert.Empty(await host.Operations.ListQuarantinedAsync());
    }

    private async Task PutAsync(Change change) => await _store.CommitAsync(EngineRows.Table, Keys.Partition, [change]);
}
