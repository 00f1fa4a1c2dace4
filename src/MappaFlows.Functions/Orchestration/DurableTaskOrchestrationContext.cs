using MappaFlows.Durable;
using Microsoft.Extensions.Logging;
using Vendor = Microsoft.DurableTask;

namespace MappaFlows.Functions.Orchestration;

/// <summary>The port's context over the vendor's, member by member.</summary>
/// <remarks>Continuations must stay on the orchestrator's own scheduler, so nothing here configures an await away from it.</remarks>
public sealed class DurableTaskOrchestrationContext(Vendor.TaskOrchestrationContext inner) : IOrchestrationContext
{
    public string Name => inner.Name.Name;

    public string InstanceId => inner.InstanceId;

    public ParentOrchestrationInstance? Parent => inner.Parent.ToPort();

    public DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    public bool IsReplaying => inner.IsReplaying;

    public string Version => inner.Version;

    public T? GetInput<T>() => inner.GetInput<T>();

    public Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        WithPortFailure(inner.CallActivityAsync<TResult>(name.Name, input, options.ToVendor()));

    public Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        WithPortFailure(inner.CallActivityAsync(name.Name, input, options.ToVendor()));

    public Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        WithPortFailure(inner.CallSubOrchestratorAsync<TResult>(name.Name, input, options.ToVendor()));

    public Task CallSubOrchestratorAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        WithPortFailure(inner.CallSubOrchestratorAsync(name.Name, input, options.ToVendor()));

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => inner.CreateTimer(fireAt, cancellationToken);

    public Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => inner.CreateTimer(delay, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        inner.WaitForExternalEvent<T>(eventName, timeout, cancellationToken);

    public void SendEvent(string instanceId, string eventName, object payload) => inner.SendEvent(instanceId, eventName, payload);

    public void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public Guid NewGuid() => inner.NewGuid();

    public ILogger CreateReplaySafeLogger(string categoryName) => inner.CreateReplaySafeLogger(categoryName);

    public ILogger CreateReplaySafeLogger(Type type) => inner.CreateReplaySafeLogger(type);

    private static async Task<TResult> WithPortFailure<TResult>(Task<TResult> task)
    {
        try
        {
            return await task;
        }
        catch (Vendor.TaskFailedException failure)
        {
            throw failure.ToPort();
        }
    }

    private static async Task WithPortFailure(Task task)
    {
        try
        {
            await task;
        }
        catch (Vendor.TaskFailedException failure)
        {
            throw failure.ToPort();
        }
    }
}
