using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Administration;

/// <summary>What a host's engine shows of itself beyond the SDK's client. A host whose engine shows no more brings none.</summary>
public interface IEngineOperations
{
    /// <summary>A page of instances, with what each waited for when it last came to rest.</summary>
    Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default);

    /// <summary>An instance with its history and what it waits for now, or null where there is none.</summary>
    Task<InstanceDetails?> FindAsync(string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Everything that is quarantined, the oldest failure first.</summary>
    Task<IReadOnlyList<QuarantinedEntry>> ListQuarantinedAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts a quarantined entry back into service.</summary>
    /// <returns>Whether it was quarantined.</returns>
    Task<bool> RetryQuarantinedAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Removes a quarantined entry for good.</summary>
    /// <returns>Whether it was quarantined.</returns>
    Task<bool> DiscardQuarantinedAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>The orchestrations whose code holds its thread now, and so keeps others from running.</summary>
    IReadOnlyList<BlockedOrchestration> ListBlocked();
}

/// <summary>Which instances to list. What is null does not narrow the list.</summary>
public sealed record InstanceQuery
{
    public string? NamePrefix { get; init; }

    public string? InstanceIdPrefix { get; init; }

    public IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    public string? ContinuationToken { get; init; }
}

/// <summary>A page of instances; the token is null on the last.</summary>
public sealed record InstancePage(IReadOnlyList<InstanceSummary> Values, string? ContinuationToken);

/// <param name="WaitsFor">In words; null while activities run and when it has ended.</param>
public sealed record InstanceSummary(OrchestrationMetadata Metadata, string? WaitsFor);

/// <summary>What an instance is doing.</summary>
/// <param name="History">What happened in the current run, in order.</param>
/// <param name="Waits">What it waits for.</param>
public sealed record InstanceDetails(
    OrchestrationMetadata Metadata,
    string? ParentId,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<InstanceWait> Waits);

/// <param name="Kind">Such as TaskScheduled or TimerFired.</param>
/// <param name="TaskId">The number of the step that it is about, if any.</param>
/// <param name="Subject">An activity's, orchestration's or event's name.</param>
/// <param name="Detail">A due time, a reason, an error.</param>
public sealed record HistoryEntry(DateTimeOffset Time, string Kind, int? TaskId, string? Subject, string? Detail);

/// <summary>What kind of thing an instance waits for.</summary>
public enum InstanceWaitKind
{
    Activity,
    SubOrchestration,
    Timer,
    ExternalEvent,
}

/// <param name="DueAt">When a timer fires.</param>
public sealed record InstanceWait(InstanceWaitKind Kind, string Name, DateTimeOffset? DueAt);

/// <summary>Something that is out of service until a person decides.</summary>
/// <param name="InstanceId">The instance; null where it is a stored message that cannot be read.</param>
/// <param name="Reason">What went wrong the last time.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Since">When it failed first.</param>
/// <param name="LastFailedAt">When it failed last.</param>
public sealed record QuarantinedEntry(
    string Key,
    string? InstanceId,
    string Reason,
    int Attempts,
    DateTimeOffset Since,
    DateTimeOffset LastFailedAt)
{
    /// <summary>What it is, where it is no instance and no message of the engine.</summary>
    public string? What { get; init; }
}

/// <summary>An orchestration whose code has not come back from a turn.</summary>
/// <param name="For">How long the turn has lasted.</param>
public sealed record BlockedOrchestration(string InstanceId, string Name, TimeSpan For);
