namespace MappaFlows.DurableTask.Embedded.Engine.History;

/// <summary>
/// One step of an instance, committed whole: what came in, and what the code then asked for.
/// Replay leads the code through the same turns again.
/// </summary>
/// <param name="Time">The orchestration's time during the turn, UTC.</param>
/// <param name="Events">What came in, in order, then what was asked for, in order.</param>
internal sealed record Turn(DateTime Time, IReadOnlyList<HistoryEvent> Events);

/// <summary>A stored turn cannot be read.</summary>
internal sealed class HistoryCorruptException(string message, Exception? inner = null) : Exception(message, inner);
