using System.Globalization;

namespace MappaFlows.Core.Streams;

/// <summary>Ties each event to the one before it. The only encoding of a chain in the product.</summary>
public static class HashChain
{
    /// <summary>What the first event of a stream follows.</summary>
    public const string Start = "";

    /// <param name="previousHash">The hash of the event before; <see cref="Start"/> for the first.</param>
    /// <param name="type">The lasting name of the event.</param>
    /// <param name="data">The event's JSON exactly as it is stored.</param>
    public static string Next(string previousHash, StreamId stream, EventInfo info, string type, string data) => Hashing.OfParts(
        previousHash,
        stream.Table,
        stream.Id,
        info.Sequence.ToString(CultureInfo.InvariantCulture),
        info.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
        info.ActorId,
        info.ActorName,
        type,
        data);
}
