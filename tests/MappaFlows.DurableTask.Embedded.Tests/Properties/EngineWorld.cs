using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Tests.Faults;
using MappaFlows.Tables;
using MappaFlows.Testing.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>How hard the engine is tried.</summary>
/// <param name="Replays">Whether every await is replayed from the store.</param>
/// <param name="Cached">How many instances it may keep in memory.</param>
/// <param name="Deaths">At which commit of its life each host dies, one host after the other.</param>
/// <param name="Storm">The seed of its store's faults, if it has any.</param>
internal sealed record Trial(bool Replays, int Cached, Death[] Deaths, int? Storm);

internal sealed record Death(int AtCommit, Moment Moment);

/// <summary>
/// The embedded engine on a file, whose hosts die and whose store fails as the trial says; whoever acts on it does not notice.
/// </summary>
internal sealed partial class EngineWorld : IWorld, IAsyncDisposable
{
    private const string Main = "main";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mappaflows-");
    private readonly SqliteTableStore _store;
    private readonly FakeTimeProvider _time = new(EmbeddedHost.Epoch);
    private readonly Trial _trial;
    private readonly Queue<Death> _deaths;
    private readonly ConcurrentDictionary<int, string> _runs = new();
    private EmbeddedHost? _host;
    private DyingStore? _dying;
    private Death? _death;
    private int _run;

    public EngineWorld(Trial trial)
    {
        _store = new SqliteTableStore(Path.Combine(_folder.FullName, "engine.db"));
        _trial = trial;
        _deaths = new Queue<Death>(trial.Deaths);
    }

    public int Runs => _runs.Count;

    private bool HasDied => _dying?.Died.IsCompleted == true;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.Engine.CrashAsync();
            await _host.DisposeAsync();
        }
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public async Task StartAsync(Step[] program)
    {
        await ReviveAsync();
        while (await HeadAsync() is null)
        {
            try
            {
                await _host!.Client.ScheduleNewOrchestrationInstanceAsync(
                    OrchestrationProgram.Name, new Job(program, "", 0, [], Drains: true), new StartOrchestrationOptions(Main));
            }
            catch (DeadException)
            {
                await ReviveAsync();
            }
        }
    }

    public async Task<bool> RaiseAsync(string name, int value)
    {
        // Where the host may die, nothing else is going on: so the commit at which it dies is the one that takes the event in.
        if (_trial.Deaths.Length > 0)
            await SettleAsync();
        while (true)
        {
            try
            {
                return await _host!.TryRaiseAsync(Main, name, value);
            }
            catch (DeadException)
            {
                var stored = _death!.Moment == Moment.After;
                await ReviveAsync();
                if (stored)
                    return true;
            }
        }
    }

    public Task SuspendAsync() => SettledAsync(client => client.SuspendInstanceAsync(Main));

    public Task ResumeAsync() => SettledAsync(client => client.ResumeInstanceAsync(Main));

    public Task TerminateAsync() => SettledAsync(client => client.TerminateInstanceAsync(Main));

    public async Task<bool[]> BurstAsync(Act[] acts, int firstValue)
    {
        if (_trial.Deaths.Length > 0)
            throw new InvalidOperationException("What is stored of a burst whose host dies is not known.");
        return await Task.WhenAll(acts.Select((act, i) => act.Kind switch
        {
            ActKind.Raise => _host!.TryRaiseAsync(Main, act.Event, firstValue + i),
            ActKind.Suspend => DoneAsync(_host!.Client.SuspendInstanceAsync(Main)),
            ActKind.Resume => DoneAsync(_host!.Client.ResumeInstanceAsync(Main)),
            _ => DoneAsync(_host!.Client.TerminateInstanceAsync(Main)),
        }).ToList());

        static async Task<bool> DoneAsync(Task act)
        {
            await act;
            return true;
        }
    }

    public async Task AdvanceAsync(TimeSpan time)
    {
        var end = _time.GetUtcNow() + time;
        while (true)
        {
            await SettleAsync();
            if (_host!.Engine.NextTimerAt is not { } next || next > end)
                break;
            MoveTo(next > _time.GetUtcNow() ? next : _time.GetUtcNow());
        }
        MoveTo(end);
        await SettleAsync();
        await AssertConsistentAsync();
    }

    public async Task JumpAsync(TimeSpan time)
    {
        await SettleAsync();
        MoveTo(_time.GetUtcNow() + time);
        await SettleAsync();
        await AssertConsistentAsync();
    }

    public async Task RestartAsync()
    {
        await SettleAsync();
        await ReviveAsync();
        await SettleAsync();
        await AssertConsistentAsync();
    }

    public async Task<Outcome?> OutcomeAsync()
    {
        await SettleAsync();
        if (await HeadAsync() is not { IsLive: false } head)
            return null;
        await EngineRows.AssertTidyAsync(_store);
        var log = head.Output is null ? null : JsonSerializer.Deserialize<string>(head.Output);
        foreach (var used in log is null ? [] : RunNumber().Matches(log).GroupBy(m => m.Value))
            Assert.Single(used);
        return new Outcome(
            head.Status,
            log is null ? null : RunNumber().Replace(log, ""),
            head.CustomStatus is { } status ? System.Text.Encoding.UTF8.GetString(status) : null);
    }

    private async Task SettledAsync(Func<DurableTaskClient, Task> act)
    {
        await SettleAsync();
        while (true)
        {
            try
            {
                await act(_host!.Client);
                break;
            }
            catch (DeadException)
            {
                await ReviveAsync();
            }
        }
        await SettleAsync();
        await AssertConsistentAsync();
    }

    private async Task SettleAsync()
    {
        await _host!.WhenIdleAsync();
        while (HasDied)
        {
            await ReviveAsync();
            await _host.WhenIdleAsync();
        }
    }

    private void MoveTo(DateTimeOffset time)
    {
        _time.SetUtcNow(time);
        _host!.Engine.ClockMoved();
    }

    private async Task ReviveAsync()
    {
        do
        {
            if (_host is not null)
            {
                await _host.Engine.CrashAsync();
                await _host.DisposeAsync();
                _host = null;
            }
            _dying = _deaths.TryDequeue(out _death) ? new DyingStore(_store, _death.AtCommit, _death.Moment, () => { }) : null;
            ITableStore store = _dying ?? (ITableStore)_store;
            if (_trial.Storm is { } seed)
                store = new FaultyTableStore(store, Storm.Of(seed));
            try
            {
                _host = await EmbeddedHost.StartAsync(store, Register, Configure, _time);
                await FaultyHost.WhenActiveAsync(_host);
            }
            catch (DeadException)
            {
                // It lived for less than a start.
            }
        }
        while (_host is null);
    }

    private void Register(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<Job, string>(OrchestrationProgram.Name, OrchestrationProgram.RunAsync)
        .AddActivityFunc<WorkOrder, string>(OrchestrationProgram.Work, (_, order) =>
        {
            var run = Interlocked.Increment(ref _run);
            _runs[run] = order.Key;
            return _time.GetUtcNow().UtcDateTime < order.FailsUntil
                ? throw new InvalidOperationException("Not yet.")
                : Task.FromResult($"{order.Key}#{run}");
        });

    private void Configure(EmbeddedDurableTaskOptions options)
    {
        FaultyHost.Eagerly(options);
        options.ReplayAfterEveryAwait = _trial.Replays;
        options.MaxCachedInstances = _trial.Cached;
        // No commit that only shows life comes between those that are counted; and an instance dies here as often as it is told to.
        options.LeaseDuration = TimeSpan.FromDays(1);
        options.MaxRecoveries = int.MaxValue;
    }

    private async Task<Head?> HeadAsync() =>
        await _store.GetAsync(EngineRows.Table, Keys.Partition, Keys.Head(Main)) is { } entity ? Head.From(entity) : null;

    /// <summary>
    /// What is stored of each live instance, led through its code anew, comes to the state that the engine says it is in.
    /// </summary>
    private async Task AssertConsistentAsync()
    {
        Assert.Empty(await EngineRows.WithPrefixAsync(_store, Keys.Quarantined));
        var timers = (await EngineRows.WithPrefixAsync(_store, Keys.Timers)).Select(row => row.Row).ToHashSet();
        var expected = new HashSet<string>();
        foreach (var head in (await EngineRows.WithPrefixAsync(_store, Keys.Heads)).Select(Head.From).Where(head => head.IsLive))
        {
            var (turns, _) = await TurnRows.ReadAsync(_store, EngineRows.Table, head.InstanceId, head.Generation, CancellationToken.None);
            var run = _host!.Engine.NewRun(head)!;
            foreach (var turn in turns)
                run.Replay(turn);
            Assert.Equal(head.Status == OrchestrationRuntimeStatus.Suspended, run.IsSuspended);
            Assert.Equal(0, run.Open.ActivityCount);
            if (run.CustomStatus is not null)
                Assert.Equal(head.CustomStatus, run.CustomStatus);
            foreach (var timer in run.Open.Requests.OfType<TimerCreated>())
            {
                // One that fired while the instance was held is recorded and gone from the store.
                var row = Keys.Timer(timer.FireAt, head.InstanceId, head.Generation, timer.Id);
                if (!run.IsSuspended || timers.Contains(row))
                    expected.Add(row);
            }
        }
        Assert.Equal(expected.Order(), timers.Order());
    }

    [GeneratedRegex("#[0-9]+")]
    private static partial Regex RunNumber();
}
