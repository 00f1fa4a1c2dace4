using Microsoft.Extensions.Logging;

namespace MappaFlows.Durable;

/// <summary>
/// What an orchestration may do. A name-for-name subset of the Durable Task SDK's <c>TaskOrchestrationContext</c>, so that an
/// orchestration runs unchanged on the embedded engine and on Durable Functions.
/// </summary>
/// <remarks>Await nothing but the tasks that this context hands out; take time, ids and chance from it alone.</remarks>
public interface IOrchestrationContext
{
    /// <summary>The orchestrator's name.</summary>
    string Name { get; }

    /// <summary>The instance's id, unique in the store and case-sensitive.</summary>
    string InstanceId { get; }

    /// <summary>The orchestration that started this one, or null.</summary>
    ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time of the step being run, in UTC; the same in every replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code is being led again through steps that already happened.</summary>
    bool IsReplaying { get; }

    /// <summary>The version the instance was started with; empty where none was given.</summary>
    string Version { get; }

    /// <summary>The instance's input.</summary>
    T? GetInput<T>();

    /// <summary>Runs an activity, at least once, and answers its recorded result.</summary>
    /// <exception cref="TaskFailedException">The activity failed after its last retry.</exception>
    Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallActivityAsync{TResult}"/>
    Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Starts another orchestration and answers its result. Its id may be set with <see cref="SubOrchestrationOptions"/>.</summary>
    /// <exception cref="TaskFailedException">The sub-orchestration failed or was terminated.</exception>
    Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}"/>
    Task CallSubOrchestratorAsync(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Completes at <paramref name="fireAt"/> (UTC), however far off. Cancel the loser of a race: a timer left running holds the instance open.</summary>
    Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreateTimer(DateTime, CancellationToken)"/>
    Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Completes with the next event of that name (in any letter case), an early one included.</summary>
    /// <exception cref="ArgumentException">The name is waited for already with another type.</exception>
    Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>As the other, but cancelled when <paramref name="timeout"/> has passed.</summary>
    /// <exception cref="TaskCanceledException">No event came in time.</exception>
    Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Raises an event in another instance; quietly where there is none.</summary>
    void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets what <see cref="OrchestrationMetadata.SerializedCustomStatus"/> shows. At most 16 KiB as JSON.</summary>
    void SetCustomStatus(object? customStatus);

    /// <summary>Ends this run and starts the next with a new input and an empty history, when the orchestration returns.</summary>
    void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A new id, the same in every replay.</summary>
    Guid NewGuid();

    /// <summary>A logger that is silent while replaying.</summary>
    ILogger CreateReplaySafeLogger(string categoryName);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    ILogger CreateReplaySafeLogger(Type type);
}

/// <summary>The orchestration that started a sub-orchestration.</summary>
public sealed record ParentOrchestrationInstance(TaskName Name, string InstanceId);
