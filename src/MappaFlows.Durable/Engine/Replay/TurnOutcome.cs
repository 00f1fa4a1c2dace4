using MappaFlows.Durable.Engine.History;

namespace MappaFlows.Durable.Engine.Replay;

/// <summary>What the code did in one turn.</summary>
/// <param name="Requests">What it asked for, in order.</param>
/// <param name="CancelledTimers">The timers that it no longer waits for.</param>
/// <param name="Completion">How it ended, or null.</param>
/// <param name="NextRun">With what it goes on anew, or null.</param>
internal sealed record TurnOutcome(
    IReadOnlyList<Requested> Requests,
    IReadOnlyList<TimerCreated> CancelledTimers,
    ExecutionCompleted? Completion,
    NextRun? NextRun);

/// <summary>What ContinueAsNew hands to the next run.</summary>
internal sealed record NextRun(byte[]? Input, IReadOnlyList<EventRaised> Unread);
