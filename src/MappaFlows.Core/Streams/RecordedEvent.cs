using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MappaFlows.Core.Streams;

/// <summary>
/// An event as it stands in its case's stream: who did it, when, and the hash that ties it to the one before, so that none can be
/// changed, removed or put in between without breaking the chain.
/// </summary>
public sealed record RecordedEvent(
    CaseReference Reference,
    long Sequence,
    DateTimeOffset At,
    string ActorId,
    string ActorName,
    CaseEvent Event,
    string PreviousHash,
    string Hash)
{
    /// <summary>What the first event of a stream follows.</summary>
    public const string Start = "";

    public static RecordedEvent After(
        string previousHash,
        CaseReference reference,
        long sequence,
        DateTimeOffset at,
        string actorId,
        string actorName,
        CaseEvent happened)
    {
        var unsealed = new RecordedEvent(reference, sequence, at, actorId, actorName, happened, previousHash, "");
        return unsealed with { Hash = unsealed.ComputeHash(JsonSerializer.Serialize(happened, StreamJson.Options)) };
    }

    /// <summary>Whether the hash fits the event as it was stored.</summary>
    /// <param name="storedEvent">The event's JSON exactly as it was written: later code may write it in other words.</param>
    public bool IsIntact(string storedEvent) => Hash == ComputeHash(storedEvent);

    private string ComputeHash(string eventJson)
    {
        var text = string.Join('\n', PreviousHash, Reference, Sequence, At.UtcTicks, ActorId, ActorName, eventJson);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
