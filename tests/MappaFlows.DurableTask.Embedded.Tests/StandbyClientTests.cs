using MappaFlows.DurableTask.Embedded.Engine.Storage;
using Microsoft.Extensions.Time.Testing;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The client of a host that stands by does what the client of the host with the lease does.</summary>
public sealed class StandbyClientTests : IAsyncDisposable
{
    private readonly TempStore _file = new();
    private readonly FakeTimeProvider _time = new(EmbeddedHost.Epoch);
    private readonly HostClock _hostTime;
    private EmbeddedHost _first = null!;
    private EmbeddedHost _second = null!;

    public StandbyClientTests() => _hostTime = new HostClock(_file.Store);

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task A_start_is_refused_only_for_the_statuses_that_it_dedupes()
    {
        await StartHostsAsync();
        await _first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "1", new StartOrchestrationOptions("a"));

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartDedupedAsync("a", "2", OrchestrationRuntimeStatus.Running));
        Assert.Equal("\"1\"", await InputAsync("a"));
        await StartDedupedAsync("a", "3", OrchestrationRuntimeStatus.Completed);
        Assert.Equal("\"3\"", await InputAsync("a"));

        await _first.Client.RaiseEventAsync("a", "Signal", "x");
        await _first.WhenIdleAsync();
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => StartDedupedAsync("a", "4", OrchestrationRuntimeStatus.Completed));
        await StartDedupedAsync("a", "5", OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed);
        Assert.Equal("\"5\"", await InputAsync("a"));
    }

    [Fact]
    public async Task Of_two_starts_of_one_id_at_once_one_is_refused()
    {
        await StartHostsAsync();

        // Neither finds an instance when it asks; the host with the lease takes one after the other.
        var starts = new[] { "1", "2" }
            .Select(input => StartDedupedAsync("a", input, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running)).ToList();
        await _hostTime.UntilAsync(() => starts.All(start => start.IsCompleted));

        Assert.Equal(1, starts.Count(start => start.IsCompletedSuccessfully));
        var refused = starts.FindIndex(start => start.IsFaulted);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => starts[refused]);
        Assert.Equal($"\"{2 - refused}\"", await InputAsync("a"));
    }

    [Fact]
    public async Task A_recursive_termination_ends_the_sub_orchestrations_too()
    {
        await StartHostsAsync();
        await _first.Client.ScheduleNewOrchestrationInstanceAsync("Parent", 2, new StartOrchestrationOptions("a"));
        await _first.WhenIdleAsync();

        await _second.Client.TerminateInstanceAsync("a", new TerminateInstanceOptions("stopped", Recursive: true));
        await EndedAsync("a-0");

        foreach (var id in new[] { "a", "a-1", "a-0" })
        {
            var ended = (await _second.Client.GetInstanceAsync(id, true))!;
            Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stopped\""), (ended.RuntimeStatus, ended.SerializedOutput));
        }
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Fact]
    public async Task A_termination_that_is_not_recursive_leaves_the_sub_orchestrations()
    {
        await StartHostsAsync();
        await _first.Client.ScheduleNewOrchestrationInstanceAsync("Parent", 2, new StartOrchestrationOptions("a"));
        await _first.WhenIdleAsync();

        await _second.Client.TerminateInstanceAsync("a", new TerminateInstanceOptions("stopped"));
        await EndedAsync("a");
        await _first.WhenIdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _second.Client.GetInstanceAsync("a-1"))!.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _second.Client.GetInstanceAsync("a-0"))!.RuntimeStatus);
        Assert.Empty(await EngineRows.WithPrefixAsync(_file.Store, Keys.Posted));
    }

    private async Task StartHostsAsync()
    {
        _first = await StartHostAsync();
        _second = await StartHostAsync();
        Assert.True(_first.Engine.IsActive);
        Assert.False(_second.Engine.IsActive);
    }

    private Task<EmbeddedHost> StartHostAsync() => EmbeddedHost.StartAsync(
        _file.Store,
        r => r
            .AddOrchestratorFunc<string, string>("Wait", (c, _) => c.WaitForExternalEvent<string>("Signal"))
            // Each has the one below as its child; the last waits.
            .AddOrchestratorFunc<int, string>("Parent", (c, depth) => depth == 0
                ? c.WaitForExternalEvent<string>("Signal")
                : c.CallSubOrchestratorAsync<string>("Parent", depth - 1, new TaskOptions().WithInstanceId($"a-{depth - 1}"))),
        options => options.HostTime = _hostTime,
        _time);

    /// <summary>Starts through the host that stands by.</summary>
    private async Task StartDedupedAsync(string id, string input, params OrchestrationRuntimeStatus[] dedupe)
    {
        var start = _second.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait",
            input,
            new StartOrchestrationOptions(id).WithDedupeStatuses(dedupe));
        await _hostTime.UntilAsync(() => start.IsCompleted);
        await start;
    }

    private async Task<string?> InputAsync(string id) => (await _second.Client.GetInstanceAsync(id, true))!.SerializedInput;

    private async Task EndedAsync(string id)
    {
        var ended = _second.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
        await _hostTime.UntilAsync(() => ended.IsCompleted);
        await ended;
    }
}
