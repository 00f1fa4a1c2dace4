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

    /// <summary>The hash of an event that seals the state after it.</summary>
    /// <param name="eventHash">The hash that <see cref="Next"/> gives.</param>
    /// <param name="state">The hash of the state; null where the event seals none.</param>
    public static string Seal(string eventHash, string? state) => state is null ? eventHash : Hashing.OfParts(eventHash, state);

    /// <summary>The hash of a state as it is stored, whatever the order of its parts.</summary>
    /// <param name="sequence">The number of the event after which it is the state.</param>
    public static string OfState(long sequence, IEnumerable<StoredPart> parts) => Hashing.OfParts(
    [
        sequence.ToString(CultureInfo.InvariantCulture),
        .. parts
            .OrderBy(part => part.Name, StringComparer.Ordinal)
            .SelectMany(part => new[] { part.Name, part.Version.ToString(CultureInfo.InvariantCulture), part.Json }),
    ]);
}
