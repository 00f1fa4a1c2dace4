using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MappaFlows.Workflows.Inspecting;

/// <summary>
/// What an administrator set out to do, written before it is done, with the hash that ties it to the entry before, so that none can be
/// changed, removed or put in between without breaking the chain.
/// </summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Outcome">Null while it is being done, and for ever where the process ended in the midst of it.</param>
public sealed record AuditEntry(
    long Sequence,
    DateTimeOffset At,
    string PersonId,
    string PersonName,
    AdminAct Act,
    string Target,
    string Reason,
    string PreviousHash,
    string Hash,
    AuditOutcome? Outcome)
{
    /// <summary>What the first entry follows.</summary>
    public const string Genesis = "";

    /// <summary>The entry with its hash.</summary>
    internal AuditEntry Sealed() => this with { Hash = ComputeHash() };

    /// <summary>Whether entry and outcome are what was recorded.</summary>
    internal bool IsSealed => Hash == ComputeHash() && (Outcome is null || Outcome.Hash == Outcome.ComputeHash(Hash));

    private string ComputeHash() => AuditSeal.Of(
        PreviousHash, $"{Sequence}", $"{At.UtcTicks}", PersonId, PersonName, Act.ToString(), Target, Reason);
}

/// <summary>What came of an act, sealed to its entry.</summary>
/// <param name="IsDone">Whether the act did what it is for.</param>
/// <param name="Words">What happened, as a sentence for people.</param>
public sealed record AuditOutcome(DateTimeOffset At, bool IsDone, string Words, string Hash)
{
    internal AuditOutcome SealedTo(string entryHash) => this with { Hash = ComputeHash(entryHash) };

    internal string ComputeHash(string entryHash) => AuditSeal.Of(entryHash, $"{At.UtcTicks}", IsDone ? "done" : "not done", Words);
}

/// <summary>The hash of texts, in which no two lists of texts read the same.</summary>
internal static class AuditSeal
{
    public static string Of(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
}
