using MappaFlows.DurableTask.Contract;
using MappaFlows.Tables;
using MappaFlows.Testing.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>
/// An engine on a store of many faults, with a client that asks again when a question was not answered, as its callers do.
/// </summary>
internal sealed class FaultyHost : IDurableTaskEngine
{
    private readonly EmbeddedHost _host;
    private readonly FaultyTableStore _store;

    private FaultyHost(EmbeddedHost host, FaultyTableStore store)
    {
        _host = host;
        _store = store;
    }

    public DurableTaskClient Client => new PersistentClient(_host.Client, _store);

    public DateTimeOffset Now => _host.Now;

    public EngineCapabilities Capabilities => _host.Capabilities;

    public static async Task<FaultyHost> StartAsync(EngineSetup setup, FaultPlan plan)
    {
        FaultyTableStore store = null!;
        var host = await SqliteEngine.StartAsync(setup, Eagerly, inner => store = new FaultyTableStore(inner, plan));
        await WhenActiveAsync(host);
        return new FaultyHost(host, store);
    }

    /// <summary>A host that met a fault when it started stands by and tries again with its next poll.</summary>
    public static Task WhenActiveAsync(EmbeddedHost host) => Wait.UntilAsync(() => host.Engine.IsActive);

    public static void Eagerly(EmbeddedDurableTaskOptions options) => options.PollInterval = TimeSpan.FromMilliseconds(20);

    public async Task RestartAsync()
    {
        await _host.RestartAsync();
        await WhenActiveAsync(_host);
    }

    public Task AdvanceAsync(TimeSpan time) => _host.AdvanceAsync(time);

    public Task WhenIdleAsync() => _host.WhenIdleAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>
    /// A read that fails is told to whoever asked, and asking again is safe. What changes something the engine itself sees through.
    /// </summary>
    private sealed class PersistentClient(DurableTaskClient client, FaultyTableStore store) : DurableTaskClient("persistent")
    {
        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName,
            object? input = null,
            StartOrchestrationOptions? options = null,
            CancellationToken cancellation = default) =>
            client.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);

        public override Task RaiseEventAsync(
            string instanceId,
            string eventName,
            object? eventPayload = null,
            CancellationToken cancellation = default) =>
            client.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            AskAsync(() => client.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation));

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            AskAsync(() => client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation));

        public override Task TerminateInstanceAsync(
            string instanceId,
            TerminateInstanceOptions? options = null,
            CancellationToken cancellation = default) =>
            client.TerminateInstanceAsync(instanceId, options, cancellation);

        public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            client.SuspendInstanceAsync(instanceId, reason, cancellation);

        public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            client.ResumeInstanceAsync(instanceId, reason, cancellation);

        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            AskAsync(() => client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation));

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => Pageable.Create(
            (continuation, pageSize, cancellation) => AskAsync(async () =>
            {
                await foreach (
                    var page in client.GetAllInstancesAsync(filter).AsPages(continuation, pageSize).WithCancellation(cancellation))
                {
                    return page;
                }

                return new Page<OrchestrationMetadata>([]);
            }));

        public override Task<Page<string>> ListInstanceIdsAsync(
            IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
            DateTimeOffset? completedTimeFrom = null,
            DateTimeOffset? completedTimeTo = null,
            int pageSize = OrchestrationQuery.DefaultPageSize,
            string? lastInstanceKey = null,
            CancellationToken cancellation = default) => AskAsync(() =>
                client.ListInstanceIdsAsync(runtimeStatus, completedTimeFrom, completedTimeTo, pageSize, lastInstanceKey, cancellation));

        public override Task<IList<global::DurableTask.Core.History.HistoryEvent>> GetOrchestrationHistoryAsync(
            string instanceId, CancellationToken cancellation = default) =>
            AskAsync(() => client.GetOrchestrationHistoryAsync(instanceId, cancellation));

        public override Task<string> RestartAsync(
            string instanceId,
            bool restartWithNewInstanceId = false,
            CancellationToken cancellation = default) =>
            WithoutFaultsAsync(() => client.RestartAsync(instanceId, restartWithNewInstanceId, cancellation));

        public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
            client.RewindInstanceAsync(instanceId, reason, cancellation);

        public override Task<PurgeResult> PurgeInstanceAsync(
            string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
            WithoutFaultsAsync(() => client.PurgeInstanceAsync(instanceId, options, cancellation));

        public override Task<PurgeResult> PurgeAllInstancesAsync(
            PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
            WithoutFaultsAsync(() => client.PurgeAllInstancesAsync(filter, options, cancellation));

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>Half of what was done, asked for again, would not count what was done the first time.</summary>
        private async Task<T> WithoutFaultsAsync<T>(Func<Task<T>> act)
        {
            store.Enabled = false;
            try
            {
                return await act();
            }
            finally
            {
                store.Enabled = true;
            }
        }

        private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
        {
            while (true)
            {
                try
                {
                    return await ask();
                }
                catch (TableUnavailableException)
                {
                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }
}
