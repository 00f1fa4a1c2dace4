using MappaFlows.DurableTask.Embedded.Tests.Faults;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Activities do not run far ahead of what is durable, so a killed host repeats few of them.</summary>
public sealed class BackPressureTests : IAsyncDisposable
{
    private const int Unrecorded = 100;
    private const int AtOnce = 8;
    private const int Activities = 5_000;

    private readonly TempStore _file = new();
    private readonly int[] _runs = new int[Activities];
    private Action _began = () => { };
    private int _ran;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task No_more_than_the_limit_run_while_the_store_holds_commits()
    {
        var closed = false;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = new HookedStore(
            _file.Store,
            (_, cancellation) => Volatile.Read(ref closed) ? gate.Task.WaitAsync(cancellation) : Task.CompletedTask);
        // From the first activity on: the fan-out itself is stored, no outcome is.
        _began = () => Volatile.Write(ref closed, true);
        await using var host = await StartHostAsync(store);
        await StartMainAsync(host);

        await Wait.UntilAsync(() => Volatile.Read(ref _ran) >= Unrecorded);
        // Without a limit thousands run in this time.
        for (var i = 0; i < 50; i++)
        {
            await Task.Delay(2, TestContext.Current.CancellationToken);
            Assert.InRange(Volatile.Read(ref _ran), Unrecorded, Unrecorded + AtOnce);
        }
        gate.SetResult();

        await EndAsync(host);
        Assert.All(_runs, runs => Assert.Equal(1, runs));
    }

    [Theory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.After)]
    public async Task No_more_than_the_limit_run_twice_after_a_crash(Moment moment)
    {
        // Dies at a commit of outcomes when half have run.
        var dying = new DyingStore(_file.Store, _ => Volatile.Read(ref _ran) > Activities / 2, moment, () => { });
        var dead = await StartHostAsync(dying);
        await StartMainAsync(dead);
        await Wait.ForAsync(dying.Died);
        await dead.Engine.CrashAsync();
        await Wait.UntilAsync(() => dead.Engine.Core is null);
        Assert.Equal(0, _runs.Count(runs => runs > 1));

        await using var next = await StartHostAsync(_file.Store);
        await EndAsync(next);

        Assert.DoesNotContain(0, _runs);
        Assert.InRange(_runs.Count(runs => runs > 1), moment == Moment.Before ? 1 : 0, Unrecorded + AtOnce);
        Assert.InRange(_runs.Max(), 1, 2);
    }

    private Task<EmbeddedHost> StartHostAsync(ITableStore store) => EmbeddedHost.StartAsync(
        store,
        r => r
            .AddActivityFunc<int, int>("Quick", (_, n) =>
            {
                _began();
                Interlocked.Increment(ref _runs[n]);
                Interlocked.Increment(ref _ran);
                return Task.FromResult(n);
            })
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                var results = await Task.WhenAll(Enumerable.Range(0, n).Select(i => c.CallActivityAsync<int>("Quick", i)));
                return results.Length;
            }),
        options => (options.MaxUnrecordedOutcomes, options.MaxConcurrentActivities) = (Unrecorded, AtOnce));

    private static Task StartMainAsync(EmbeddedHost host) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Activities, new StartOrchestrationOptions("a"));

    private async Task EndAsync(EmbeddedHost host)
    {
        await host.WhenIdleAsync();
        Assert.Equal($"{Activities}", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_file.Store);
    }
}
