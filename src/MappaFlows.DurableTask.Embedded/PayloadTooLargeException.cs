namespace MappaFlows.DurableTask.Embedded;

/// <summary>An input, result, event or status is larger than the engine stores.</summary>
/// <remarks>An orchestration carries ids and dates. Large data belongs in a table, where an activity reads it.</remarks>
public sealed class PayloadTooLargeException(string what, int bytes, int limit)
    : ArgumentException($"{what} is {bytes} bytes when serialized; the limit is {limit}. Pass an id, and let an activity read the rest.")
{
    /// <summary>The size as UTF-8.</summary>
    public int Bytes { get; } = bytes;

    public int Limit { get; } = limit;
}
