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
public sealed record DisclosureMade(int Number, DisclosureRecord Record) : CaseEvent;
