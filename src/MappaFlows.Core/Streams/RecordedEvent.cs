namespace MappaFlows.Core.Streams;

/// <summary>An event read from a stream, or about to be committed to it.</summary>
public sealed record RecordedEvent(StreamId Stream, EventRecord Record, StreamEvent Event)
{
    public long Sequence => Record.Info.Sequence;

    public DateTimeOffset At => Record.Info.At;

    public string ActorId => Record.Info.ActorId;

    public string ActorName => Record.Info.ActorName;

    public string Hash => Record.Hash;
}
