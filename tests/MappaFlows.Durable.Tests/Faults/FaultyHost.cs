using MappaFlows.Tables;
using MappaFlows.Testing.Durable;
using MappaFlows.Testing.Tables;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>An engine on a store of many faults, with a client that asks again when a question was not answered, as its callers do.</summary>
internal sealed class FaultyHost : IOrchestrationHost
{
    private readonly EmbeddedHost _host;
    private readonly FaultyTableStore _store;

    private FaultyHost(EmbeddedHost host, FaultyTableStore store)
    {
        _host = host;
        _store = store;
    }

    public IOrchestrationClient Client => new PersistentClient(_host.Client, _store);

    public DateTimeOffset Now => _host.Now;

    public HostAbilities Abilities => _host.Abilities;

    public static async Task<FaultyHost> StartAsync(Action<DurableTaskRegistry> register, FaultPlan plan)
    {
        FaultyTableStore store = null!;
        var host = await SqliteHost.StartAsync(register, Eagerly, inner => store = new FaultyTableStore(inner, plan));
        await WhenActiveAsync(host);
        return new FaultyHost(host, store);
    }

    /// <summary>A host that met a fault when it started stands by and tries again with its next poll.</summary>
    public static async Task WhenActiveAsync(EmbeddedHost host)
    {
        while (!host.Engine.IsActive)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    public static void Eagerly(DurableEngineOptions options) => options.PollInterval = TimeSpan.FromMilliseconds(20);

    public async Task CrashAndRestartAsync()
    {
        await _host.CrashAndRestartAsync();
        await WhenActiveAsync(_host);
    }

    public Task AdvanceAsync(TimeSpan time) => _host.AdvanceAsync(time);

    public Task WhenIdleAsync() => _host.WhenIdleAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A read that fails is told to whoever asked, and asking again is safe. What changes something the engine itself sees through.</summary>
    private sealed class PersistentClient(IOrchestrationClient client, FaultyTableStore store) : IOrchestrationClient
    {
        public Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input, StartOrchestrationOptions? options, CancellationToken cancellationToken) =>
            client.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellationToken);

        public Task<bool> RaiseEventAsync(string instanceId, string eventName, object? eventPayload, CancellationToken cancellationToken) =>
            client.RaiseEventAsync(instanceId, eventName, eventPayload, cancellationToken);

        public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellationToken) =>
            AskAsync(() => client.WaitForInstanceStartAsync(instanceId, cancellationToken));

        public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellationToken) =>
            AskAsync(() => client.WaitForInstanceCompletionAsync(instanceId, cancellationToken));

        public Task<bool> TerminateInstanceAsync(string instanceId, object? output, CancellationToken cancellationToken) =>
            client.TerminateInstanceAsync(instanceId, output, cancellationToken);

        public Task<bool> SuspendInstanceAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
            client.SuspendInstanceAsync(instanceId, reason, cancellationToken);

        public Task<bool> ResumeInstanceAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
            client.ResumeInstanceAsync(instanceId, reason, cancellationToken);

        public Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellationToken) =>
            AskAsync(() => client.GetInstanceAsync(instanceId, cancellationToken));

        public Task<OrchestrationPage> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken) =>
            AskAsync(() => client.GetAllInstancesAsync(query, cancellationToken));

        public Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken) =>
            client.PurgeInstanceAsync(instanceId, cancellationToken);

        public async Task<int> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken)
        {
            // Half a purge, asked for again, would not count what went the first time.
            store.Enabled = false;
            try
            {
                return await client.PurgeAllInstancesAsync(filter, cancellationToken);
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
