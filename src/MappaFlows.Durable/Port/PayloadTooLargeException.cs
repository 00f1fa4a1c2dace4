namespace MappaFlows.Durable;

/// <summary>An input, result, event or status is larger, as JSON, than the engine keeps.</summary>
/// <remarks>An orchestration carries ids and dates. What is large belongs in a table, where an activity reads it.</remarks>
public sealed class PayloadTooLargeException(string what, int bytes, int limit)
    : ArgumentException($"{what} is {bytes} bytes as JSON; at most {limit} are kept. Pass an id, and let an activity read the rest.")
{
    /// <summary>The size as UTF-8 JSON.</summary>
    public int Bytes { get; } = bytes;

    public int Limit { get; } = limit;
}
