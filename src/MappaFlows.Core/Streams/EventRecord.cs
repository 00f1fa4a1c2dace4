namespace MappaFlows.Core.Streams;

/// <summary>An event exactly as it is stored. Verification reads this: texts, no types.</summary>
/// <param name="Type">The lasting name of the event.</param>
/// <param name="Data">Its JSON.</param>
/// <param name="PreviousHash">The hash of the event before; <see cref="HashChain.Start"/> for the first.</param>
public sealed record EventRecord(EventInfo Info, string Type, string Data, string PreviousHash, string Hash)
{
    /// <summary>
    /// The hash of the state that the commit of this event stored, which <see cref="Hash"/> seals; null where the event was not the last of
    /// its commit, and before version 0.3.0.
    /// </summary>
    public string? State { get; init; }

    /// <summary>The record that follows the one with this hash.</summary>
    /// <param name="state">The hash of the state after it; null where it seals none.</param>
    public static EventRecord After(
        string previousHash, StreamId stream, EventInfo info, string type, string data, string? state = null) =>
        new(info, type, data, previousHash, HashChain.Seal(HashChain.Next(previousHash, stream, info, type, data),
            state))
        { State = state };

    /// <summary>Its hash without that of the state.</summary>
    public string EventHash(StreamId stream) => HashChain.Next(PreviousHash, stream, Info, Type, Data);

    /// <summary>Whether the hash fits what is stored. A change of any field, or of the stream, breaks it.</summary>
    public bool IsIntact(StreamId stream) => Hash == HashChain.Seal(EventHash(stream), State);
}
