using MappaFlows.DurableTask.Embedded.Engine.Replay;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What is sent to an instance.</summary>
internal abstract record Message;

/// <param name="Execution">The id of the run to be; tells a repeated start from another's.</param>
/// <param name="Parent">Who waits for the outcome, or null.</param>
internal sealed record StartMessage(
    string Name,
    byte[]? Input,
    string Version,
    Guid Execution,
    DateTimeOffset? StartAt,
    ParentLink? Parent) : Message
{
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> NotEnded =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>
    /// Whether the id was made for this start, so that the store need not be asked for an instance that has it. Not stored.
    /// </summary>
    public bool IsOfNewId { get; init; }

    /// <summary>The start is refused where an instance with the id has one of these statuses; any other is replaced.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus> Dedupe { get; init; } = NotEnded;

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>The run that ContinueAsNew prepared shall begin.</summary>
internal sealed record BeginMessage(Guid Execution) : Message;

internal sealed record EventMessage(string Name, byte[]? Payload) : Message;

/// <summary>An activity or sub-orchestration has ended; <paramref name="Failure"/> says whether well.</summary>
/// <param name="IsFinal">Whether another attempt can only fail too.</param>
internal sealed record OutcomeMessage(Guid Execution, int TaskId, byte[]? Result, TaskFailureDetails? Failure, bool IsFinal) : Message;

/// <summary>An activity that no instance awaits any more still runs: its instance has ended or continued as new.</summary>
internal sealed record ActivityMessage(Guid Execution, int TaskId, string Name, byte[]? Input, string Version) : Message
{
    /// <summary>How often a host has taken it up after a restart.</summary>
    public int Recoveries { get; init; }
}

internal sealed record TimerMessage(Work.TimerEntry Timer) : Message;

internal sealed record SuspendMessage(string? Reason) : Message;

internal sealed record ResumeMessage(string? Reason) : Message;

internal sealed record TerminateMessage(byte[]? Output, bool IsRecursive) : Message;

internal sealed record PurgeMessage : Message;

/// <summary>Ended: run again from the recorded input. Quarantined and live: go on.</summary>
internal sealed record RetryMessage : Message;

/// <summary>Changes nothing: has the instance loaded, so that what it left in flight is taken up.</summary>
internal sealed record WakeMessage : Message;

/// <summary>The code of this run was found to have left its turns.</summary>
internal sealed record StrayMessage(Guid Execution) : Message;

/// <summary>What became of a message.</summary>
internal enum Receipt
{
    /// <summary>It is durable, with what it led to.</summary>
    Accepted,

    /// <summary>There was no live instance to take it.</summary>
    NoLiveInstance,

    /// <summary>There is a live instance that is not this one.</summary>
    AlreadyExists,

    /// <summary>The instance has not ended.</summary>
    NotEnded,
}

/// <summary>A message on its way, with the row that keeps it and the caller that waits for its receipt.</summary>
internal sealed class Delivery(Message message, string? row = null, TaskCompletionSource<Receipt>? receipt = null)
{
    private const int Undecided = -1;

    // Written by the turn; read by the code that stores what waits behind it.
    private volatile int _answer = Undecided;

    public Message Message { get; } = message;

    /// <summary>The row to remove in the commit that takes the message in; null where only memory has it.</summary>
    public string? Row { get; set; } = row;

    public TaskCompletionSource<Receipt>? Receipt { get; } = receipt;

    /// <summary>What became of the message; null until the turn that takes it in has decided.</summary>
    public Receipt? Answer
    {
        get => _answer < 0 ? null : (Receipt)_answer;
        set => _answer = value is { } answer ? (int)answer : Undecided;
    }
}
