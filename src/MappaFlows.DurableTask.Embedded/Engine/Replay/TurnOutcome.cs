using MappaFlows.DurableTask.Embedded.Engine.History;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>What the code did in one turn.</summary>
/// <param name="Requests">What it asked for, in order.</param>
/// <param name="CancelledTimers">The timers that it no longer waits for.</param>
/// <param name="Completion">How it ended, or null.</param>
/// <param name="NextRun">With what it continues as new, or null.</param>
internal sealed record TurnOutcome(
    IReadOnlyList<Requested> Requests,
    IReadOnlyList<TimerCreated> CancelledTimers,
    ExecutionCompleted? Completion,
    NextRun? NextRun);

/// <summary>What the code gave to ContinueAsNew.</summary>
/// <param name="Version">Null keeps the version.</param>
internal sealed record NextInput(byte[]? Input, bool KeepsEvents, string? Version);

/// <summary>What the next run of an instance begins with.</summary>
/// <param name="Incoming">What the run before it has left, in order.</param>
internal sealed record NextRun(byte[]? Input, string Version, IReadOnlyList<Incoming> Incoming);
