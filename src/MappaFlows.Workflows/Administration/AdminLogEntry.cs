namespace MappaFlows.Workflows.Administration;

/// <summary>
/// What an administrator set out to do, written before it is done, with the hash that ties it to the entry before, so that none can be
/// changed, removed or put in between without breaking the chain.
/// </summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Outcome">Null while it is being done, and for ever where the process ended in the midst of it.</param>
public sealed record AdminLogEntry(
    long Sequence,
    DateTimeOffset At,
    string PersonId,
    string PersonName,
    AdminAction Action,
    string Target,
    string Reason,
    string PreviousHash,
    string Hash,
    ActionOutcome? Outcome)
{
    /// <summary>What the first entry follows.</summary>
    public const string Start = "";

    /// <summary>The entry with its hash.</summary>
    internal AdminLogEntry Sealed() => this with { Hash = ComputeHash() };

    /// <summary>Whether entry and outcome are what was recorded.</summary>
    internal bool IsIntact => Hash == ComputeHash() && (Outcome is null || Outcome.Hash == Outcome.ComputeHash(Hash));

    private string ComputeHash() => Hashing.OfParts(
        PreviousHash, $"{Sequence}", $"{At.UtcTicks}", PersonId, PersonName, Action.ToString(), Target, Reason);
}

/// <summary>What came of an act, sealed to its entry.</summary>
/// <param name="IsDone">Whether the act did what it is for.</param>
/// <param name="Message">What happened, as a sentence for people.</param>
public sealed record ActionOutcome(DateTimeOffset At, bool IsDone, string Message, string Hash)
{
    internal ActionOutcome SealedTo(string entryHash) => this with { Hash = ComputeHash(entryHash) };

    internal string ComputeHash(string entryHash) => Hashing.OfParts(entryHash, $"{At.UtcTicks}", IsDone ? "done" : "not done", Message);
}
