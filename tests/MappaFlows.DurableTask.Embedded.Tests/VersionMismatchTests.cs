using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Instances of a version that the worker does not run fail, or wait for a worker that runs it.</summary>
public sealed class VersionMismatchTests : IAsyncDisposable
{
    private readonly TempStore _file = new();
    private readonly List<TaskCompletionSource<int>> _held = [];

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData(VersionMatchStrategy.Strict, "1.0", false)]
    [InlineData(VersionMatchStrategy.Strict, "3.0", false)]
    [InlineData(VersionMatchStrategy.Strict, "2.0", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "3.0", false)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "2.0", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.0", true)]
    public async Task An_instance_of_another_version_fails_where_the_worker_says_so(VersionMatchStrategy match, string version, bool runs)
    {
        await using var host = await StartHostAsync("2.0", match, VersionFailureStrategy.Fail);
        await StartAsync(host, "a", version);
        await host.Client.RaiseEventAsync("a", "Signal", "x");
        await host.WhenIdleAsync();

        var ended = (await host.Client.GetInstanceAsync("a", true))!;
        Assert.Equal(runs ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(runs ? null : "VersionMismatch", ended.FailureDetails?.ErrorType);
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Theory]
    [InlineData(VersionMatchStrategy.Strict)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder)]
    public async Task An_instance_that_waits_fails_at_a_worker_of_another_version_that_says_so(VersionMatchStrategy match)
    {
        var newer = await StartHostAsync("2.0", match, VersionFailureStrategy.Fail);
        await StartAsync(newer, "a", "2.0");
        await newer.DisposeAsync();

        await using var older = await StartHostAsync("1.0", match, VersionFailureStrategy.Fail);
        await older.Client.RaiseEventAsync("a", "Signal", "x");
        await older.WhenIdleAsync();

        var ended = (await older.Client.GetInstanceAsync("a", true))!;
        Assert.Equal("VersionMismatch", ended.FailureDetails?.ErrorType);
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Theory]
    [InlineData(VersionMatchStrategy.Strict)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder)]
    public async Task An_instance_that_is_rejected_waits_with_its_messages_for_a_worker_of_its_version(VersionMatchStrategy match)
    {
        var older = await StartHostAsync("1.0", match, VersionFailureStrategy.Reject);
        await Wait.ForAsync(StartAsync(older, "a", "2.0"));
        await Wait.ForAsync(older.Client.RaiseEventAsync("a", "Signal", "kept"));
        await StartAsync(older, "own", "1.0");
        await older.Client.RaiseEventAsync("own", "Signal", "done");
        await older.WhenIdleAsync();
        Assert.Equal("\"done\"", (await older.Client.GetInstanceAsync("own", true))!.SerializedOutput);
        Assert.Equal(2, (await EngineRows.WithPrefixAsync(_file.Store, Keys.Messages)).Count);
        Assert.Empty(await older.Operations.ListQuarantinedAsync());
        await older.DisposeAsync();

        await using var newer = await StartHostAsync("2.0", match, VersionFailureStrategy.Reject);
        await newer.WhenIdleAsync();

        Assert.Equal("\"kept\"", (await newer.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rejected_instance_that_has_begun_keeps_its_activities_timers_and_suspension_for_its_own_worker(bool crashes)
    {
        // The newer worker begins, an older one takes its place for a while, the newer one ends.
        var newer = await StartHostAsync("2.0", VersionMatchStrategy.Strict, VersionFailureStrategy.Reject);
        await newer.Client.ScheduleNewOrchestrationInstanceAsync("Long", 0, new StartOrchestrationOptions("a") { Version = "2.0" });
        await Wait.UntilAsync(() => _held.Count == 1);
        await EndAsync(newer, crashes: true);
        var older = await StartHostAsync("1.0", VersionMatchStrategy.Strict, VersionFailureStrategy.Reject);
        await older.Client.RaiseEventAsync("a", "Signal", "kept");
        await older.Client.SuspendInstanceAsync("a");
        await older.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Single(_held);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await older.Client.GetInstanceAsync("a"))!.RuntimeStatus);
        await EndAsync(older, crashes);

        await using var next = await StartHostAsync("2.0", VersionMatchStrategy.Strict, VersionFailureStrategy.Reject, older.Time);
        await Wait.UntilAsync(() => _held.Count == 2);
        _held[1].SetResult(7);
        await next.WhenIdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await next.Client.GetInstanceAsync("a"))!.RuntimeStatus);
        await next.Client.ResumeInstanceAsync("a");
        await next.WhenIdleAsync();

        Assert.Equal("\"7 kept\"", (await next.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    private static async Task EndAsync(EmbeddedHost host, bool crashes)
    {
        if (crashes)
            await host.Engine.CrashAsync();
        else
            await host.DisposeAsync();
    }

    private static Task StartAsync(EmbeddedHost host, string id, string version) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0, new StartOrchestrationOptions(id) { Version = version });

    private Task<EmbeddedHost> StartHostAsync(
        string version,
        VersionMatchStrategy match,
        VersionFailureStrategy failure,
        Microsoft.Extensions.Time.Testing.FakeTimeProvider? time = null) =>
        EmbeddedHost.StartAsync(
            _file.Store,
            new EngineSetup(r => r
                .AddActivityFunc<int, int>("Hold", (_, _) =>
                {
                    var held = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
                    lock (_held)
                        _held.Add(held);
                    return held.Task;
                })
                .AddOrchestratorFunc<int, string>("Main", (c, _) => c.WaitForExternalEvent<string>("Signal"))
                .AddOrchestratorFunc<int, string>("Long", async (c, _) =>
                {
                    var activity = c.CallActivityAsync<int>("Hold", 0);
                    await c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    return $"{await activity} {await c.WaitForExternalEvent<string>("Signal")}";
                }))
            {
                ConfigureWorker = options => options.Versioning = new()
                {
                    Version = version,
                    MatchStrategy = match,
                    FailureStrategy = failure,
                },
            },
            options => options.ShutdownPatience = TimeSpan.FromMilliseconds(1),
            time);
}
