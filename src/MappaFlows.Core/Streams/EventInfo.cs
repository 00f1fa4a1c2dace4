namespace MappaFlows.Core.Streams;

/// <summary>Who made an event, when, and its place in the stream.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
public sealed record EventInfo(long Sequence, DateTimeOffset At, string ActorId, string ActorName);
