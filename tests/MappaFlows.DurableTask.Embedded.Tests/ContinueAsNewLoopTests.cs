namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Instances that continue as new again and again.</summary>
public sealed class ContinueAsNewLoopTests : IAsyncDisposable
{
    private const int Events = 10_000;
    private const int FewCommits = 500;

    private readonly TempStore _file = new();
    private int _commits;
    private int _endlessRuns;

    // No commit is made before this: how many events come between two commits is not left to how busy the machine is.
    private volatile Task _allRaised = Task.CompletedTask;

    // From the run of this number on, no commit is made.
    private volatile int _closesAt = int.MaxValue;
    private volatile bool _closed;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_events_are_taken_once_in_order_and_in_few_commits()
    {
        await using var host = await StartHostAsync();
        await StartLoopAsync(host);

        await RaiseAllAsync(host);

        await AssertLoopEndedAsync(host);
        Assert.InRange(_commits, 1, FewCommits);
    }

    [Fact]
    public async Task Events_that_were_stored_are_taken_once_in_order_and_in_few_commits_when_the_host_crashes_midway()
    {
        // Every event is stored while the instance is suspended. Then the host crashes twice on the way through them.
        var host = await StartHostAsync();
        await StartLoopAsync(host);
        await host.Client.SuspendInstanceAsync("a");
        await RaiseAllAsync(host);
        _closesAt = Events / 3;
        var resume = host.Client.ResumeInstanceAsync("a");
        for (var crash = 1; crash <= 2; crash++)
        {
            await Wait.UntilAsync(() => _closed);
            await host.Engine.CrashAsync();
            Assert.InRange(await PositionAsync(host), crash == 1 ? 0 : Events / 3, crash * Events / 3);
            _closesAt = crash == 1 ? 2 * Events / 3 : int.MaxValue;
            _closed = false;
            host = await StartHostAsync();
        }

        await AssertLoopEndedAsync(host);
        Assert.InRange(_commits, 1, FewCommits);
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_loop_without_end_does_not_keep_others_from_running_and_can_be_terminated(int atOnce)
    {
        await using var host = await StartHostAsync(atOnce);
        for (var i = 0; i < atOnce; i++)
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Endless", 0, new StartOrchestrationOptions($"endless{i}"));

        await StartLoopAsync(host, Events - 20);
        for (var i = Events - 20; i < Events; i++)
            await Wait.ForAsync(host.Client.RaiseEventAsync("a", "Next", i));
        await Wait.ForAsync(host.Client.WaitForInstanceCompletionAsync("a"));
        var runs = Volatile.Read(ref _endlessRuns);
        await Wait.UntilAsync(() => Volatile.Read(ref _endlessRuns) > runs);

        for (var i = 0; i < atOnce; i++)
        {
            await Wait.ForAsync(host.Client.TerminateInstanceAsync($"endless{i}"));
            await Wait.ForAsync(host.Client.WaitForInstanceCompletionAsync($"endless{i}"));
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.Client.GetInstanceAsync($"endless{i}"))!.RuntimeStatus);
        }
        await host.WhenIdleAsync();
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    private Task<EmbeddedHost> StartHostAsync(int atOnce = 2) => EmbeddedHost.StartAsync(
        new HookedStore(_file.Store, (_, cancellation) =>
        {
            Interlocked.Increment(ref _commits);
            return _closed ? Task.Delay(Timeout.InfiniteTimeSpan, cancellation) : _allRaised.WaitAsync(cancellation);
        }),
        r => r
            .AddOrchestratorFunc<int, int>("Loop", async (c, next) =>
            {
                if (next == Events)
                    return next;
                if (next >= _closesAt)
                    _closed = true;
                var seen = await c.WaitForExternalEvent<int>("Next");
                if (seen != next)
                    throw new InvalidOperationException($"Event {seen} came instead of {next}.");
                c.ContinueAsNew(seen + 1);
                return next;
            })
            .AddOrchestratorFunc<int, int>("Endless", (c, run) =>
            {
                Interlocked.Increment(ref _endlessRuns);
                c.ContinueAsNew(run + 1);
                return Task.FromResult(run);
            }),
        options => options.MaxConcurrentOrchestrations = atOnce);

    /// <summary>Raises every event at once, and completes when all are stored.</summary>
    private async Task RaiseAllAsync(EmbeddedHost host)
    {
        var allRaised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _allRaised = allRaised.Task;
        var raised = Enumerable.Range(0, Events).Select(i => host.Client.RaiseEventAsync("a", "Next", i)).ToList();
        allRaised.SetResult();
        await Task.WhenAll(raised);
    }

    private static Task StartLoopAsync(EmbeddedHost host, int from = 0) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync("Loop", from, new StartOrchestrationOptions("a"));

    /// <summary>The event that the stored run waits for next.</summary>
    private static async Task<int> PositionAsync(EmbeddedHost host) => (await host.Client.GetInstanceAsync("a", true))!.ReadInputAs<int>();

    private async Task AssertLoopEndedAsync(EmbeddedHost host)
    {
        await host.WhenIdleAsync();
        var ended = (await host.Client.GetInstanceAsync("a", true))!;
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{ended.RuntimeStatus}: {ended.FailureDetails?.ErrorMessage}");
        Assert.Equal($"{Events}", ended.SerializedOutput);
        await EngineRows.AssertTidyAsync(_file.Store);
    }
}
