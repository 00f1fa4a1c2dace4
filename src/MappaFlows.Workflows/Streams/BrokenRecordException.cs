namespace MappaFlows.Workflows.Streams;

/// <summary>
/// What is stored of a stream is not what was recorded: it was changed outside the product. Nothing is read from it, and nothing is done
/// with it, until that is cleared up.
/// </summary>
/// <param name="at">The first event that does not agree, where one can be named.</param>
public sealed class BrokenRecordException(StreamId stream, long? at, Exception? inner = null)
    : Exception($"The record {stream} is not what was recorded{(at is null ? "" : $": event {at}")}.", inner)
{
    public StreamId Stream { get; } = stream;

    public long? At { get; } = at;
}
