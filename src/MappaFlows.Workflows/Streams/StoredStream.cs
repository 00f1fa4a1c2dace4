namespace MappaFlows.Workflows.Streams;

/// <summary>The newest event of a stream, by its number and hash.</summary>
public readonly record struct StreamHead(long Sequence, string Hash)
{
    /// <summary>What the first event of a stream follows.</summary>
    public static StreamHead Start { get; } = new(0, HashChain.Start);
}

/// <summary>A stream's state with what the next commit has to build on.</summary>
public sealed record StoredStream<TState>(TState State, StreamHead Head, string ETag)
    where TState : class
{
    /// <summary>Whether the stored state was of older code, so that it was made again from the events.</summary>
    public bool WasRebuilt { get; init; }
}

/// <summary>What a look at everything that is stored of a stream found.</summary>
/// <param name="BrokenAt">The first event that is not what was recorded, or is missing; null where all are.</param>
/// <param name="IsState">Whether the stored state is the one that the events make; null where that cannot be said.</param>
/// <param name="Unreadable">Other rows that cannot be read, by their names.</param>
public sealed record StreamCheck(long? BrokenAt, bool? IsState, IReadOnlyList<string> Unreadable)
{
    public bool IsWhole => BrokenAt is null && IsState != false && Unreadable.Count == 0;
}

/// <summary>That a command was committed under the sender's key.</summary>
/// <param name="Sequence">The last event that it made.</param>
public sealed record Receipt(string Key, string CommandHash, long Sequence);
