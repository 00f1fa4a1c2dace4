using System.Collections.Concurrent;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Tests.Faults;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Activities that their instance does not wait for run all the same, and a row keeps each until it has run.</summary>
public sealed class UnawaitedActivityTests : IAsyncDisposable
{
    private const int Activities = 3;

    private readonly TempStore _file = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<int> _begun = [];
    private volatile bool _holds;

    public static TheoryData<string> Mains => ["ContinueAsNew", "Fail", "ContinueAsNewLater", "FailLater", "Terminate"];

    private ITableStore Store => _file.Store;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData("ContinueAsNew")]
    [InlineData("Fail")]
    public async Task Activities_requested_in_the_last_turn_run_after_a_crash_before_they_ran(string main)
    {
        // The host dies after the commit that has the activities' rows, so none has run.
        var dying = new DyingStore(Store, commit => commit.Changes.Count(IsActivityRow) > 0, Moment.After, () => { });
        var dead = await StartHostAsync(dying);
        await Assert.ThrowsAsync<DeadException>(() => StartMainAsync(dead, main));
        await dead.Engine.CrashAsync();
        Assert.Empty(_begun);
        Assert.Equal(Activities, await RowsAsync());

        _holds = true;
        await using var next = await StartHostAsync(Store);
        await Wait.UntilAsync(() => _begun.Count == Activities);
        Assert.Equal(Activities, await RowsAsync());
        _open.SetResult();
        await EndMainAsync(next, main);

        Assert.Equal(Enumerable.Range(0, Activities), _begun.Order());
    }

    [Theory]
    [MemberData(nameof(Mains))]
    public async Task Activities_that_run_at_a_crash_run_again(string main)
    {
        _holds = true;
        var first = await StartHostAsync(Store);
        await StartMainAsync(first, main);
        await Wait.UntilAsync(() => _begun.Count == Activities);
        await LeaveActivitiesAsync(first, main);
        Assert.Equal(Activities, await RowsAsync());
        await first.Engine.CrashAsync();

        await using var next = await StartHostAsync(Store);
        await Wait.UntilAsync(() => _begun.Count == 2 * Activities);
        Assert.Equal(Activities, await RowsAsync());
        _open.SetResult();
        await EndMainAsync(next, main);

        Assert.Equal(2 * Activities, _begun.Count);
    }

    [Theory]
    [MemberData(nameof(Mains))]
    public async Task Activities_run_once_where_no_host_crashes(string main)
    {
        _holds = true;
        await using var host = await StartHostAsync(Store);
        await StartMainAsync(host, main);
        await Wait.UntilAsync(() => _begun.Count == Activities);
        await LeaveActivitiesAsync(host, main);
        Assert.Equal(Activities, await RowsAsync());
        _open.SetResult();
        await EndMainAsync(host, main);

        Assert.Equal(Activities, _begun.Count);
    }

    [Fact]
    public async Task An_activity_that_ends_the_process_each_time_is_quarantined_after_its_recoveries_and_can_be_retried()
    {
        _holds = true;
        await using var host = await StartHostAsync(Store);
        await StartMainAsync(host, "FailOne");
        for (var recoveries = 0; recoveries <= 3; recoveries++)
        {
            var expected = recoveries + 1;
            await Wait.UntilAsync(() => _begun.Count == expected);
            Assert.Empty(await host.Operations.ListQuarantinedAsync());
            await host.RestartAsync();
        }
        await host.Engine.WhenIdleAsync();

        var quarantined = Assert.Single(await host.Operations.ListQuarantinedAsync());
        Assert.Null(quarantined.InstanceId);
        Assert.Contains("'Act'", quarantined.Reason);
        Assert.Equal(4, _begun.Count);
        await host.RestartAsync();
        await host.Engine.WhenIdleAsync();
        Assert.Equal(4, _begun.Count);

        // Whoever puts it back gives it all its recoveries again.
        Assert.True(await host.Operations.RetryQuarantinedAsync(quarantined.Key));
        await Wait.UntilAsync(() => _begun.Count == 5);
        await host.RestartAsync();
        await Wait.UntilAsync(() => _begun.Count == 6);
        _open.SetResult();
        await host.Engine.WhenIdleAsync();
        await EngineRows.AssertTidyAsync(Store);
    }

    private Task<EmbeddedHost> StartHostAsync(ITableStore store) =>
        EmbeddedHost.StartAsync(store, Register, options => options.MaxRecoveries = 3);

    private void Register(DurableTaskRegistry registry)
    {
        registry.AddActivityFunc<int, int>("Act", async (_, n) =>
        {
            _begun.Add(n);
            if (_holds)
                await _open.Task;
            return n;
        });
        registry.AddOrchestratorFunc<int, int>("ContinueAsNew", (c, run) => run == 0 ? Renew(c) : c.WaitForExternalEvent<int>("End"));
        registry.AddOrchestratorFunc<int, int>("ContinueAsNewLater", async (c, run) =>
        {
            if (run > 0)
                return await c.WaitForExternalEvent<int>("End");
            Request(c, Activities);
            await c.WaitForExternalEvent<int>("Leave");
            c.ContinueAsNew(1);
            return 0;
        });
        registry.AddOrchestratorFunc<int, int>("Fail", (c, _) => Fail(c, Activities));
        registry.AddOrchestratorFunc<int, int>("FailOne", (c, _) => Fail(c, 1));
        registry.AddOrchestratorFunc<int, int>("FailLater", async (c, _) =>
        {
            Request(c, Activities);
            await c.WaitForExternalEvent<int>("Leave");
            throw new InvalidOperationException("The end.");
        });
        registry.AddOrchestratorFunc<int, int>("Terminate", (c, _) =>
        {
            Request(c, Activities);
            return c.WaitForExternalEvent<int>("Never");
        });
    }

    private static Task<int> Renew(TaskOrchestrationContext context)
    {
        Request(context, Activities);
        context.ContinueAsNew(1);
        return Task.FromResult(0);
    }

    private static Task<int> Fail(TaskOrchestrationContext context, int activities)
    {
        Request(context, activities);
        throw new InvalidOperationException("The end.");
    }

    private static void Request(TaskOrchestrationContext context, int activities)
    {
        for (var i = 0; i < activities; i++)
            _ = context.CallActivityAsync<int>("Act", i);
    }

    private static Task<string> StartMainAsync(EmbeddedHost host, string main) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync(main, 0, new StartOrchestrationOptions("a"));

    /// <summary>Ends the run that has requested activities, where it has not ended in its first turn.</summary>
    private static async Task LeaveActivitiesAsync(EmbeddedHost host, string main)
    {
        if (main == "Terminate")
            await host.Client.TerminateInstanceAsync("a");
        else
            await host.Client.RaiseEventAsync("a", "Leave", 0);
    }

    private async Task EndMainAsync(EmbeddedHost host, string main)
    {
        await host.WhenIdleAsync();
        Assert.Equal(0, await RowsAsync());
        if (main.StartsWith("ContinueAsNew", StringComparison.Ordinal))
            await host.Client.RaiseEventAsync("a", "End", 0);
        await host.WhenIdleAsync();
        await EngineRows.AssertTidyAsync(Store);
    }

    private async Task<int> RowsAsync() => (await EngineRows.WithPrefixAsync(Store, Keys.Messages)).Count;

    private static bool IsActivityRow(Change change) =>
        change is Insert insert && insert.Row.StartsWith(Keys.Messages, StringComparison.Ordinal);
}
