namespace MappaFlows.Core.Streams;

/// <summary>An event exactly as it is stored. Verification reads this: texts, no types.</summary>
/// <param name="Type">The lasting name of the event.</param>
/// <param name="Data">Its JSON.</param>
/// <param name="PreviousHash">The hash of the event before; <see cref="HashChain.Start"/> for the first.</param>
public sealed record EventRecord(EventInfo Info, string Type, string Data, string PreviousHash, string Hash)
{
    /// <summary>The record that follows the one with this hash.</summary>
    public static EventRecord After(string previousHash, StreamId stream, EventInfo info, string type, string data) =>
        new(info, type, data, previousHash, HashChain.Next(previousHash, stream, info, type, data));

    /// <summary>Whether the hash fits what is stored. A change of any field, or of the stream, breaks it.</summary>
    public bool IsIntact(StreamId stream) => Hash == HashChain.Next(PreviousHash, stream, Info, Type, Data);
}
