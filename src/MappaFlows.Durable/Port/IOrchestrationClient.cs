namespace MappaFlows.Durable;

/// <summary>Starts, rings and inspects orchestrations from outside. A name-for-name subset of the SDK's <c>DurableTaskClient</c>.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an orchestration; an empty id becomes a new one.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is in use by an instance that has not ended.</exception>
    /// <returns>The instance id, once the start is durable.</returns>
    Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Raises an event, durably.</summary>
    /// <returns>Whether there was a live instance to raise it in. The vendor's hosts answer with an error or say nothing: treat false as no failure.</returns>
    Task<bool> RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellationToken = default);

    /// <summary>Waits until the instance has left Pending.</summary>
    Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Waits until the instance has ended.</summary>
    Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Ends a live instance.</summary>
    /// <returns>Whether there was a live instance to end.</returns>
    Task<bool> TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellationToken = default);

    Task<bool> SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    Task<bool> ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>The instance, or null where there is none.</summary>
    Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <summary>A page of instances.</summary>
    Task<OrchestrationPage> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes an ended instance and its history.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">The instance has not ended.</exception>
    Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Removes ended instances that match.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default);
}

/// <summary>How an orchestration is started.</summary>
public sealed record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null, string? Version = null);

public enum OrchestrationRuntimeStatus
{
    Running,
    Completed,
    Failed,
    Terminated,
    Pending,
    Suspended,
}

/// <summary>An instance as seen from outside. Its status is for people to look at; the truth is in the case.</summary>
public sealed record OrchestrationMetadata(string Name, string InstanceId)
{
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public string? SerializedInput { get; init; }

    public string? SerializedOutput { get; init; }

    public string? SerializedCustomStatus { get; init; }

    public TaskFailureDetails? FailureDetails { get; init; }

    public bool IsCompleted =>
        RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>Which instances to list.</summary>
public sealed record OrchestrationQuery
{
    public string? NamePrefix { get; init; }

    public string? InstanceIdPrefix { get; init; }

    public IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int PageSize { get; init; } = 100;

    public string? ContinuationToken { get; init; }
}

/// <summary>A page of instances; the token is null on the last.</summary>
public sealed record OrchestrationPage(IReadOnlyList<OrchestrationMetadata> Values, string? ContinuationToken);

/// <summary>Which ended instances to remove.</summary>
public sealed record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses = null);

/// <summary>The instance id is taken by an instance that has not ended.</summary>
public sealed class OrchestrationAlreadyExistsException(string instanceId)
    : Exception($"An orchestration with the id '{instanceId}' has not ended yet.")
{
    public string InstanceId { get; } = instanceId;
}
