namespace MappaFlows.Core.Cases;

/// <summary>
/// Something that happened in a case. Events are the truth and the audit trail: they are only ever added to, and their names and
/// properties, once released, are kept readable for ever.
/// </summary>
public abstract record CaseEvent : StreamEvent;

/// <summary>A professional referred a person; the case begins.</summary>
public sealed record ReferralSubmitted(CaseReference Reference, Referral Referral) : CaseEvent;

/// <summary>The coordinator cannot decide yet.</summary>
public sealed record InformationRequested(string Question) : CaseEvent;

/// <summary>The referrer answered; the screening clock starts again.</summary>
public sealed record InformationGiven(string Answer) : CaseEvent;

/// <summary>The person is managed from now on, at this level.</summary>
public sealed record ReferralAccepted(ManagementLevel Level, string Reasons, IReadOnlyList<EligibilityBasis> Bases) : CaseEvent;

/// <summary>The referral does not meet the test; the case ends here.</summary>
public sealed record ReferralRefused(string Reasons) : CaseEvent;

/// <summary>A level 2 or 3 meeting was arranged; the agencies are invited.</summary>
/// <param name="LateReason">Why it could not be inside its clock; null when it is.</param>
public sealed record MeetingScheduled(
    int Number,
    ManagementLevel Level,
    DateTimeOffset StartsAt,
    int Minutes,
    string Place,
    IReadOnlyList<string> Agencies,
    string? LateReason) : CaseEvent;

/// <summary>A meeting that was arranged is to be at another time.</summary>
public sealed record MeetingMoved(int Number, DateTimeOffset StartsAt, int Minutes, string Place, string Reason) : CaseEvent;

/// <summary>A meeting was held, and this is what it decided.</summary>
public sealed record MeetingRecorded(int Number, MeetingOutcome Outcome) : CaseEvent;

/// <summary>The minutes of a meeting went to those who were there.</summary>
public sealed record MinutesSent(int Number) : CaseEvent;

/// <summary>The lead agency reviewed a level 1 case.</summary>
public sealed record Level1ReviewRecorded(int Number, Level1Review Review) : CaseEvent;

/// <summary>The case is managed at another level.</summary>
public sealed record LevelChanged(ManagementLevel From, ManagementLevel To, string Reasons) : CaseEvent;

/// <summary>Somebody proposed to tell somebody outside; the approver is asked.</summary>
/// <param name="ContentHash">The hash of exactly what is to be approved.</param>
public sealed record DisclosureProposed(
    int Number,
    DisclosureContent Content,
    string ContentHash,
    string ApproverId,
    string? DeputyId) : CaseEvent;

/// <summary>The content was changed: what was asked before is void, and the approver is asked anew.</summary>
public sealed record DisclosureRevised(int Number, DisclosureContent Content, string ContentHash) : CaseEvent;

/// <summary>The proposal was taken back before it was decided.</summary>
public sealed record DisclosureWithdrawn(int Number, string Reason) : CaseEvent;

/// <summary>A link to the decision was sent. Only the hash of its token is kept.</summary>
public sealed record ApprovalLinkIssued(int Number, int Request, string TokenHash, string PersonId, DateTimeOffset EndsAt) : CaseEvent;

/// <summary>Somebody tried to decide and was not let: the wrong person, an ended or void link, a second decision.</summary>
public sealed record ApprovalAttemptRefused(int Number, string Why) : CaseEvent;

/// <summary>The approver was reminded.</summary>
public sealed record ApprovalReminded(int Number) : CaseEvent;

/// <summary>The deputy may decide too, and was asked.</summary>
public sealed record ApprovalEscalated(int Number) : CaseEvent;

/// <summary>Nobody decided in time: nothing may be disclosed.</summary>
public sealed record ApprovalLapsed(int Number) : CaseEvent;

/// <summary>The approver decided on exactly this content.</summary>
public sealed record DisclosureDecided(int Number, ApprovalOutcome Outcome, string Reasons, string ContentHash) : CaseEvent;

/// <summary>The discloser told the recipient.</summary>
public sealed record DisclosureMade(int Number, DisclosureRecord Record) : CaseEvent;

/// <summary>A date that clocks come from was set or changed.</summary>
/// <param name="To">Null where the requirement has no end.</param>
/// <param name="Basis">
/// The id of the basis that ends on it; null where the date is the case's own. Events from before bases were named have none either: they
/// mean the basis that was the newest in its category.
/// </param>
public sealed record DateChanged(CaseDate Which, DateOnly? From, DateOnly? To, string Reason, string? Basis = null) : CaseEvent;

/// <summary>A further reason why the person is managed: a new sentence or order.</summary>
public sealed record EligibilityAdded(EligibilityBasis Basis, string Reason) : CaseEvent;

/// <summary>One basis ended and the next that still holds took over.</summary>
public sealed record CategoryChanged(Category From, Category To, string Explanation) : CaseEvent;

/// <summary>The lead agency looked at the case before its exit.</summary>
public sealed record PreExitReviewRecorded(string Conclusion, bool ConsiderCategory3) : CaseEvent;

/// <summary>Those who owe something were reminded, once.</summary>
public sealed record ObligationReminded(ObligationKind Kind, string Key) : CaseEvent;

/// <summary>Something was not done in time, and others were told, once.</summary>
public sealed record ObligationEscalated(ObligationKind Kind, string Key) : CaseEvent;

/// <summary>The person is no longer managed under MAPPA.</summary>
public sealed record CaseClosed(ExitReason Reason, DateOnly LastDay, string Explanation) : CaseEvent;
