namespace MappaFlows.Workflows.Administration;

/// <summary>What an administrator set out to do, recorded before it was done, and what came of it.</summary>
/// <param name="Sequence">The number of the request in the log.</param>
/// <param name="Outcome">Null while it is being done, and for ever where the process ended in the midst of it.</param>
public sealed record AdminLogEntry(
    long Sequence,
    DateTimeOffset At,
    string PersonId,
    string PersonName,
    AdminAction Action,
    string Target,
    string Reason,
    ActionOutcome? Outcome);

/// <summary>The outcome of an action.</summary>
/// <param name="Sequence">The number of the outcome in the log.</param>
/// <param name="IsDone">Whether the action did what it is for.</param>
/// <param name="Message">What happened, as a sentence for people.</param>
public sealed record ActionOutcome(long Sequence, DateTimeOffset At, bool IsDone, string Message);

/// <summary>A page of the log, the newest entry first.</summary>
/// <param name="Older">The number before which the next page begins; null on the last.</param>
/// <param name="Newer">The number before which the page of the newer ones begins; null on the newest.</param>
/// <param name="BrokenAt">
/// The oldest event of the page that is not what was recorded, or before which one is missing; null where all is whole.
/// </param>
public sealed record AdminLogPage(IReadOnlyList<AdminLogEntry> Entries, long? Older, long? Newer, long? BrokenAt);
