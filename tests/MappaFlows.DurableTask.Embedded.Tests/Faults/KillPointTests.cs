using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>A real process, really killed, at each point by its name; and what the next host finds and makes of it.</summary>
[Trait("Category", "Fault")]
public sealed class KillPointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mappaflows-");

    private string File => Path.Combine(_folder.FullName, "engine.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Before_a_commit_nothing_of_it_is_there_and_who_asked_may_ask_again()
    {
        await KillAtAsync(KillPoint.BeforeACommit);
        await using var next = await FollowAsync(KillPoint.BeforeACommit, EmbeddedHost.Epoch);
        Assert.Null(await next.Host.Client.GetInstanceAsync(Scenario.Main));
        Assert.Equal(0, await next.ActsAsync());

        await next.FinishAsync();
        Assert.Equal(1, await next.ActsAsync());
    }

    [Fact]
    public async Task After_a_commit_the_work_goes_on_without_being_asked_for_again()
    {
        await KillAtAsync(KillPoint.AfterACommit);
        await using var next = await FollowAsync(KillPoint.AfterACommit, EmbeddedHost.Epoch);
        await next.Host.WhenIdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await next.StatusAsync());
        Assert.Equal(1, await next.ActsAsync());
    }

    [Fact]
    public async Task An_activity_that_was_done_and_not_recorded_is_done_again_and_its_result_used_once()
    {
        await KillAtAsync(KillPoint.ActivityDone);
        await using (var store = new SqliteTableStore(File))
            Assert.DoesNotContain("TaskCompleted", await HistoryAsync(store));
        await using var next = await FollowAsync(KillPoint.ActivityDone, EmbeddedHost.Epoch);

        await next.FinishAsync();
        Assert.Equal(2, await next.ActsAsync());
        Assert.Single(await HistoryAsync(next.Store), "TaskCompleted");
    }

    [Fact]
    public async Task An_event_that_came_before_the_start_is_there_when_the_instance_starts()
    {
        await KillAtAsync(KillPoint.EventBeforeStart);
        await using var next = await FollowAsync(KillPoint.EventBeforeStart, EmbeddedHost.Epoch);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await next.StatusAsync());
        await next.FinishAsync();
    }

    public static TheoryData<string, int> DuringContinueAsNew => new()
    {
        { KillPoint.BeforeContinueAsNew.Name, 0 },
        { KillPoint.AfterContinueAsNew.Name, 1 },
        { KillPoint.ContinueAsNewPrepared.Name, 0 },
        // From the decision on the next host does the rest, before anything else.
        { KillPoint.ContinueAsNewDecided.Name, 1 },
        { KillPoint.ContinueAsNewHalfDone.Name, 1 },
    };

    [Theory]
    [MemberData(nameof(DuringContinueAsNew))]
    public async Task During_ContinueAsNew_the_instance_is_in_one_run_or_the_next_and_carries_its_events_over(string point, int run)
    {
        await KillAtAsync(KillPoint.Named(point));
        await using (var store = new SqliteTableStore(File))
        {
            // What the next host takes up before it does anything else.
            var cancellationToken = TestContext.Current.CancellationToken;
            var seen = await Journal.ReadAsync(store, EngineRows.Table, cancellationToken);
            var journal = await Journal.TakeAsync(
                store,
                EngineRows.Table,
                TimeProvider.System,
                NullLogger.Instance,
                "onlooker",
                seen,
                cancellationToken);
            Assert.Empty(await EngineRows.WithPrefixAsync(store, Keys.Redo));
            Assert.Equal(run, Head.From((await EngineRows.WithPrefixAsync(store, Keys.Heads))[0]).Generation);
            await journal!.ReleaseAsync(cancellationToken);
        }
        await using var next = await FollowAsync(KillPoint.Named(point), EmbeddedHost.Epoch);
        await next.FinishAsync();
        Assert.Equal(1, (await next.HeadAsync()).Generation);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_turn_back_the_time_of_the_run_after_ContinueAsNew()
    {
        await KillAtAsync(KillPoint.AfterContinueAsNew);
        await using var next = await FollowAsync(KillPoint.AfterContinueAsNew, EmbeddedHost.Epoch.AddYears(-1));
        await next.FinishAsync();
    }

    [Fact]
    public async Task After_a_childs_completion_its_parent_is_told()
    {
        await KillAtAsync(KillPoint.AfterChildsCompletion);
        await using var next = await FollowAsync(KillPoint.AfterChildsCompletion, EmbeddedHost.Epoch);
        await next.FinishAsync();
        Assert.Equal(1, await next.ActsAsync());
    }

    [Fact]
    public async Task After_the_completion_nothing_is_done_again()
    {
        await KillAtAsync(KillPoint.AfterCompletion);
        await using var next = await FollowAsync(KillPoint.AfterCompletion, EmbeddedHost.Epoch);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await next.StatusAsync());
        await next.FinishAsync();
        Assert.Equal(1, await next.ActsAsync());
    }

    [Fact]
    public async Task A_timer_does_not_fire_early_where_the_next_hosts_clock_is_behind_and_is_looked_at_too_soon()
    {
        await KillAtAsync(KillPoint.TimerSet);
        await using var next = await FollowAsync(KillPoint.TimerSet, EmbeddedHost.Epoch.AddHours(-5));
        Assert.Equal(EmbeddedHost.Epoch + KillPoint.Nap, next.Host.Engine.NextTimerAt);
        await next.Host.AdvanceAsync(TimeSpan.FromHours(29) - TimeSpan.FromTicks(1));
        next.Host.Engine.ClockMoved();
        await next.Host.WhenIdleAsync();
        Assert.DoesNotContain("TimerFired", await HistoryAsync(next.Store));

        await next.Host.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Contains("TimerFired", await HistoryAsync(next.Store));
        await next.FinishAsync();
    }

    [Fact]
    public async Task A_timer_that_is_years_late_fires_at_once_and_the_next_is_counted_from_then()
    {
        var late = EmbeddedHost.Epoch.AddYears(10);
        await KillAtAsync(KillPoint.TimerSet);
        await using var next = await FollowAsync(KillPoint.TimerSet, late);
        await next.Host.WhenIdleAsync();
        Assert.Single(await HistoryAsync(next.Store), "TimerFired");
        Assert.Equal(late + KillPoint.Nap, next.Host.Engine.NextTimerAt);
        await next.FinishAsync();
    }

    [Fact]
    public async Task A_timer_that_fires_twice_is_recorded_once()
    {
        // The first firing dies with its host before it is recorded; the second is killed just after; the third finds nothing to fire.
        await KillAtAsync(KillPoint.TimerFiredUnrecorded, EmbeddedHost.Epoch);
        await KillAtAsync(KillPoint.TimerFiredRecorded, EmbeddedHost.Epoch + KillPoint.Nap);
        await using var next = await FollowAsync(KillPoint.TimerFiredRecorded, EmbeddedHost.Epoch + KillPoint.Nap);
        await next.Host.WhenIdleAsync();
        Assert.Single(await HistoryAsync(next.Store), "TimerFired");
        Assert.Equal(EmbeddedHost.Epoch + (2 * KillPoint.Nap), next.Host.Engine.NextTimerAt);
        await next.FinishAsync();
    }

    [Theory]
    [InlineData(3 * 365, -365)]
    [InlineData(3 * 365, -4 * 365)]
    public async Task A_clock_that_jumps_between_hosts_forward_and_back_neither_turns_an_orchestrations_time_back_nor_fires_twice(int first,
        int second)
    {
        await KillAtAsync(KillPoint.TimerSet);
        var now = EmbeddedHost.Epoch.AddDays(first);
        await KillAtAsync(KillPoint.TimerFiredRecorded, now);
        now = now.AddDays(second);
        await using var next = await FollowAsync(KillPoint.TimerFiredRecorded, now);
        await next.Host.WhenIdleAsync();
        await next.Host.AdvanceAsync(TimeSpan.FromDays(5 * 365));
        await next.FinishAsync();
    }

    [Fact]
    public async Task A_host_that_hangs_in_a_commit_loses_its_lease_and_what_it_goes_on_to_write_is_refused()
    {
        using var first = await FrozenProcess.StartAsync(KillPoint.ActivityBeingRecorded, File);
        await using var store = new SqliteTableStore(File);
        await using var second = await EmbeddedHost.StartAsync(
            store,
            KillPoint.ActivityBeingRecorded.Scenario.Register,
            FrozenProcess.Configure);
        Assert.False(second.Engine.IsActive);
        await FaultyHost.WhenActiveAsync(second);
        await second.WhenIdleAsync();
        await KillPoint.ActivityBeingRecorded.Scenario.VerifyAsync(second, store);

        Assert.True(await first.ThawAsync());

        Assert.Single(await HistoryAsync(store), "TaskCompleted");
        await KillPoint.ActivityBeingRecorded.Scenario.VerifyAsync(second, store);
    }

    private async Task KillAtAsync(KillPoint point, DateTimeOffset? now = null) =>
        Assert.False(await DoomedProcess.StartAsync(point, File, now ?? EmbeddedHost.Epoch), $"The host was not killed: {point.Name} did not come.");

    private async Task<NextHost> FollowAsync(KillPoint point, DateTimeOffset now)
    {
        var store = new SqliteTableStore(File);
        var host = await EmbeddedHost.StartAsync(store, point.Scenario.Register, time: new FakeTimeProvider(now));
        Assert.True(host.Engine.IsActive, "The lease of a killed process was not taken over at once.");
        return new NextHost(point.Scenario, store, host);
    }

    private static async Task<List<string>> HistoryAsync(SqliteTableStore store)
    {
        var (turns, _) = await TurnRows.ReadAsync(store, EngineRows.Table, Scenario.Main, 0, TestContext.Current.CancellationToken);
        return [.. turns.SelectMany(turn => turn.Events).Select(e => e.GetType().Name)];
    }

    /// <summary>The host that comes after the one that was killed.</summary>
    private sealed class NextHost(Scenario scenario, SqliteTableStore store, EmbeddedHost host) : IAsyncDisposable
    {
        public EmbeddedHost Host => host;

        public SqliteTableStore Store => store;

        public async Task FinishAsync()
        {
            await scenario.Drive(host);
            await scenario.VerifyAsync(host, store);
        }

        public async Task<OrchestrationRuntimeStatus> StatusAsync() => (await host.Client.GetInstanceAsync(Scenario.Main))!.RuntimeStatus;

        public async Task<Head> HeadAsync() =>
            Head.From((await store.GetAsync(EngineRows.Table, Keys.Partition, Keys.Head(Scenario.Main)))!);

        public async Task<int> ActsAsync() =>
            (await store.QueryAsync(KillPoint.Act.Table, KillPoint.Act.Partition, RowRange.All)).Entities.Count;

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
