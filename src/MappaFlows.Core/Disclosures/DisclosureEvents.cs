namespace MappaFlows.Core.Disclosures;

/// <summary>Someone proposed to tell someone outside; the approver is asked.</summary>
/// <param name="ContentHash">The hash of exactly what is to be approved.</param>
public sealed record DisclosureProposed(
    int Number,
    DisclosureContent Content,
    string ContentHash,
    string ApproverId,
    string? DeputyId) : CaseEvent;

/// <summary>The content was changed: what was asked before is void, and the approver is asked again.</summary>
public sealed record DisclosureRevised(int Number, DisclosureContent Content, string ContentHash) : CaseEvent;

/// <summary>The proposal was taken back before it was decided.</summary>
public sealed record DisclosureWithdrawn(int Number, string Reason) : CaseEvent;

/// <summary>A link to the decision was sent. Only the hash of its token is kept.</summary>
public sealed record ApprovalLinkIssued(int Number, int Request, string TokenHash, string PersonId, DateTimeOffset EndsAt) : CaseEvent;

/// <summary>Someone tried to decide and was not let: the wrong person, an ended or void link, a second decision.</summary>
public sealed record ApprovalAttemptRefused(int Number, string Reason) : CaseEvent;

/// <summary>No one decided in time: nothing may be disclosed.</summary>
public sealed record ApprovalLapsed(int Number) : CaseEvent;

/// <summary>The approver decided on exactly this content.</summary>
public sealed record DisclosureDecided(int Number, ApprovalOutcome Outcome, string Reasons, string ContentHash) : CaseEvent;

/// <summary>The discloser told the recipient.</summary>
/// <param name="Differences">In what it was not made as it was approved; null where it was, and in events of 0.2.0.</param>
public sealed record DisclosureMade(
    int Number,
    DisclosureRecord Record,
    IReadOnlyList<DisclosureDifference>? Differences = null) : CaseEvent;

/// <summary>It was not recorded as made by the last day of its approval: it may not be made any more.</summary>
public sealed record ApprovalEnded(int Number, DateOnly LastDay) : CaseEvent;

/// <summary>The approval was taken back: it may not be made any more.</summary>
public sealed record ApprovalRevoked(int Number, string Reason) : CaseEvent;

/// <summary>Another person is to make an approved disclosure.</summary>
/// <param name="From">The discloser so far.</param>
/// <param name="To">The new one.</param>
/// <param name="AsksAgain">Whether the approver is asked again, because it was not the approver who named the new one.</param>
public sealed record DiscloserReplaced(int Number, string From, string To, string Reason, bool AsksAgain) : CaseEvent;
