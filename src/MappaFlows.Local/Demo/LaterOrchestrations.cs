using MappaFlows.Durable;

namespace MappaFlows.Local.Demo;

/// <summary>
/// Starts nothing while the demo's past is being told, since an orchestration would act by the present clock: what is to be started stays in
/// each case's outbox, where the first sweep finds it.
/// </summary>
internal sealed class LaterOrchestrations : IOrchestrationClient
{
    public Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellationToken = default) => throw NotYet();

    public Task<bool> RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(false);

    public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellationToken) => throw NotYet();

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellationToken) => throw NotYet();

    public Task<bool> TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<bool> SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<bool> ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<OrchestrationPage> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default) => throw NotYet();

    public Task<int> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default) => throw NotYet();

    private static InvalidOperationException NotYet() => new("Orchestrations start with the engine, after the demo's past was told.");
}
