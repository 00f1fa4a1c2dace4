using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.Time.Testing;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Two hosts on one store: one runs the orchestrations, the other waits for its lease.</summary>
public sealed class TwoHostsTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mappaflows-");
    private readonly SqliteTableStore _store;
    private readonly FakeTimeProvider _time = new(EmbeddedHost.Epoch);
    private readonly HostClock _hostTime;

    public TwoHostsTests()
    {
        _store = new SqliteTableStore(Path.Combine(_folder.FullName, "engine.db"));
        _hostTime = new HostClock(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_second_host_stands_by_and_its_client_works_through_the_first()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        Assert.True(first.Engine.IsActive);
        Assert.False(second.Engine.IsActive);

        var start = second.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        await _hostTime.UntilAsync(() => start.IsCompleted);
        Assert.Equal("a", await start);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            second.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a")));
        Assert.True(await second.TryRaiseAsync("a", "Bell", "from the second"));
        Assert.False(await second.TryRaiseAsync("nobody", "Bell", ""));
        var waiting = second.Client.WaitForInstanceCompletionAsync("a", true, TestContext.Current.CancellationToken);
        await _hostTime.UntilAsync(() => waiting.IsCompleted);

        Assert.Equal("\"from the second\"", (await waiting).SerializedOutput);
        Assert.Empty(await EngineRows.WithPrefixAsync(_store, Keys.Posted));
    }

    [Fact]
    public async Task A_start_by_the_host_that_stands_by_is_not_refused_for_the_instances_own_next_run()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        var start = second.Client.ScheduleNewOrchestrationInstanceAsync("Renew", 0, new StartOrchestrationOptions("a"));
        await _hostTime.UntilAsync(() => start.IsCompleted);

        Assert.Equal("a", await start);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            second.Client.ScheduleNewOrchestrationInstanceAsync("Renew", 0, new StartOrchestrationOptions("a")));
    }

    [Fact]
    public async Task The_second_host_takes_over_when_the_first_has_stopped()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));

        await first.Engine.StopAsync(CancellationToken.None);
        await _hostTime.UntilAsync(() => second.Engine.IsActive);
        await second.Client.RaiseEventAsync("a", "Bell", "x");

        Assert.Equal(
            "\"x\"",
            (await second.Client.WaitForInstanceCompletionAsync("a", true, TestContext.Current.CancellationToken)).SerializedOutput);
    }

    [Fact]
    public async Task A_host_that_shows_no_life_for_the_lease_is_replaced_and_what_it_then_writes_is_refused()
    {
        var gate = new GatedStore(_store);
        await using var first = await StartAsync(gate);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        await using var second = await StartAsync();

        // The first host is frozen in the middle of a commit, as by a long pause of its machine.
        gate.Close();
        var frozen = first.TryRaiseAsync("a", "Bell", "from the first");
        await gate.Waiting;
        await LoseLeaseToAsync(second);
        await second.Client.RaiseEventAsync("a", "Bell", "from the second");
        var ended = await second.Client.WaitForInstanceCompletionAsync("a", true, TestContext.Current.CancellationToken);
        gate.Open();

        Assert.Equal("\"from the second\"", ended.SerializedOutput);
        Assert.False(await frozen);
        await _hostTime.UntilAsync(() => !first.Engine.IsActive);
        Assert.True(second.Engine.IsActive);
        Assert.Equal("\"from the second\"", (await second.Client.GetInstanceAsync("a", true))!.SerializedOutput);
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_of_a_host_that_loses_its_lease_gets_one()
    {
        var gate = new GatedStore(_store);
        await using var first = await StartAsync(gate);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("a"));
        var completion = first.Client.WaitForInstanceCompletionAsync("a", true, TestContext.Current.CancellationToken);
        await using var second = await StartAsync();

        gate.Close();
        var inCommit = first.TryRaiseAsync("a", "Other", "");
        await gate.Waiting;
        // The second waits behind the first, which is being committed; the third has an instance of its own.
        var behind = first.TryRaiseAsync("a", "Bell", "from behind");
        var beside = first.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("b"));
        await LoseLeaseToAsync(second);
        gate.Open();
        await _hostTime.UntilAsync(() => inCommit.IsCompleted && behind.IsCompleted && beside.IsCompleted && completion.IsCompleted);

        // Nothing of it was stored by the first: it has left all of it in the store for the second.
        Assert.True(await inCommit);
        Assert.True(await behind);
        Assert.Equal("b", await beside);
        Assert.Equal("\"from behind\"", (await completion).SerializedOutput);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await second.Client.GetInstanceAsync("b", true))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_host_with_nothing_to_do_keeps_its_lease()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        for (var i = 0; i < 200; i++)
        {
            await _hostTime.StepAsync(TimeSpan.FromSeconds(1));
            Assert.False(second.Engine.IsActive && first.Engine.IsActive);
        }
        Assert.True(first.Engine.IsActive);
    }

    [Fact]
    public async Task Many_starts_and_events_across_a_change_of_hosts_are_all_done_once()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var work = Enumerable.Range(0, 40).Select(async i =>
        {
            var client = i % 2 == 0 ? first.Client : second.Client;
            await client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions($"i{i}"));
            await client.RaiseEventAsync($"i{i}", "Bell", $"{i}");
        }).ToList();
        await _hostTime.UntilAsync(() => work.Count(w => w.IsCompleted) > 10);
        await first.Engine.StopAsync(CancellationToken.None);
        await _hostTime.UntilAsync(() => work.All(w => w.IsCompleted));
        await Task.WhenAll(work);
        for (var i = 0; i < 40; i++)
        {
            var ended = second.Client.WaitForInstanceCompletionAsync($"i{i}", true, TestContext.Current.CancellationToken);
            await _hostTime.UntilAsync(() => ended.IsCompleted);
            Assert.Equal($"\"{i}\"", (await ended).SerializedOutput);
        }
        await EngineRows.AssertTidyAsync(_store);
    }

    private Task<EmbeddedHost> StartAsync(ITableStore? store = null) => EmbeddedHost.StartAsync(
        store ?? _store,
        r => r
            .AddOrchestratorFunc<string, string>("Wait", (c, _) => c.WaitForExternalEvent<string>("Bell"))
            .AddOrchestratorFunc<int, string>("Renew", (c, run) =>
            {
                if (run == 3)
                    return c.WaitForExternalEvent<string>("Bell");
                c.ContinueAsNew(run + 1);
                return Task.FromResult("");
            }),
        o => o.HostTime = _hostTime,
        _time);

    /// <summary>Lets time pass, in which the first host shows no life, until this one has taken its place.</summary>
    private async Task LoseLeaseToAsync(EmbeddedHost next)
    {
        _hostTime.LeaseMayLapse = true;
        await _hostTime.UntilAsync(() => next.Engine.IsActive);
        _hostTime.LeaseMayLapse = false;
    }

    private sealed class GatedStore(ITableStore inner) : ITableStore
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _closed;

        public Task Waiting => _waiting.Task;

        public void Close() => _closed = true;

        public void Open() => _open.SetResult();

        public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken) =>
            inner.GetAsync(table, partition, row, cancellationToken);

        public ValueTask<EntityPage> QueryAsync(
            string table, string partition, RowRange range, int take, string? continuation, CancellationToken cancellationToken) =>
            inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

        public async ValueTask<IReadOnlyList<string>> CommitAsync(
            string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
        {
            if (_closed)
            {
                _waiting.TrySetResult();
                await _open.Task;
            }
            return await inner.CommitAsync(table, partition, changes, cancellationToken);
        }
    }
}
