using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine.History;

/// <summary>One thing that happened to an instance, or that it asked for. Payloads are UTF-8 JSON; null stands for no value.</summary>
/// <remarks>Kept for decades: a member may be added with a default, none may change its meaning.</remarks>
internal abstract record HistoryEvent;

/// <summary>What came to the instance.</summary>
internal abstract record Incoming : HistoryEvent;

/// <summary>What the instance asked for; <paramref name="Id"/> counts from 0 in the order of asking.</summary>
internal abstract record Requested(int Id) : HistoryEvent
{
    /// <summary>The request as a divergence names it.</summary>
    public abstract string Describe();
}

internal sealed record ExecutionStarted : Incoming;

internal sealed record TaskCompleted(int TaskId, byte[]? Result) : Incoming;

/// <param name="IsFinal">Whether another attempt can only fail too: the task is not registered, or its id is taken.</param>
internal sealed record TaskFailed(int TaskId, TaskFailureDetails Failure, bool IsFinal) : Incoming;

internal sealed record TimerFired(int TimerId) : Incoming;

internal sealed record EventRaised(string Name, byte[]? Payload) : Incoming;

internal sealed record ExecutionSuspended(string? Reason) : Incoming;

internal sealed record ExecutionResumed(string? Reason) : Incoming;

/// <param name="IsRecursive">Whether the sub-orchestrations that still run end with it.</param>
internal sealed record ExecutionTerminated(byte[]? Output, bool IsRecursive) : Incoming;

internal sealed record TaskScheduled(int Id, string Name, byte[]? Input, string Version) : Requested(Id)
{
    public override string Describe() => $"activity '{Name}'";
}

internal sealed record SubOrchestrationScheduled(int Id, string Name, string InstanceId) : Requested(Id)
{
    // These travel in the start message, not in this history.

    public byte[]? Input { get; init; }

    public string Version { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public override string Describe() => $"sub-orchestration '{Name}'";
}

internal sealed record TimerCreated(int Id, DateTime FireAt) : Requested(Id)
{
    public override string Describe() => "a timer";
}

internal sealed record EventSent(int Id, string InstanceId, string Name) : Requested(Id)
{
    /// <summary>Travels in the event's message, not in this history.</summary>
    public byte[]? Payload { get; init; }

    public override string Describe() => $"event '{Name}' sent to another instance";
}

/// <summary>The code has ended; the last event of a history.</summary>
internal sealed record ExecutionCompleted(OrchestrationRuntimeStatus Status, byte[]? Output, TaskFailureDetails? Failure) : HistoryEvent;
