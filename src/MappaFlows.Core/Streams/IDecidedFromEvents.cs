namespace MappaFlows.Core.Streams;

/// <summary>
/// A command that is decided from the events themselves and never from the stored state alone: what it does cannot be taken back, so the
/// decision that it needs has to be on record.
/// </summary>
#pragma warning disable CA1040 // A mark is all that it is.
public interface IDecidedFromEvents;
#pragma warning restore CA1040
