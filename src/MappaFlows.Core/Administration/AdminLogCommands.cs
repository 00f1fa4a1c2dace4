namespace MappaFlows.Core.Administration;

/// <summary>Asks for an action. It is in the log before it is carried out.</summary>
/// <param name="Target">
/// An orchestration's id; the key of a quarantined entry; the id of an email; for <see cref="AdminAction.PurgeOld"/> the day, as
/// 2026-06-01; for <see cref="AdminAction.VerifyCheckpoints"/> a checkpoint's number, or <c>all</c>.
/// </param>
/// <param name="Reason">Why, in the person's own words; required.</param>
public sealed record RequestAction(AdminAction Action, [Verbatim] string Target, string? Reason) : Command
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReason = 1000;
}

/// <summary>Records that whoever starts the product accepted a store that lost data, or a restored backup.</summary>
public sealed record AcceptStore(string Reason) : Command;

/// <summary>Records the outcome of an action. An outcome that was recorded first stays.</summary>
/// <param name="Request">The sequence of the request.</param>
/// <param name="IsDone">Whether the action did what it is for.</param>
/// <param name="Message">What happened, as a sentence for people.</param>
public sealed record CompleteAction(long Request, bool IsDone, [Verbatim] string Message) : Command;
