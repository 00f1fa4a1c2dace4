using System.Text.Json.Serialization;

namespace MappaFlows.Core.Disclosures;

/// <summary>A proposal to tell someone outside the agencies, and what became of it.</summary>
public sealed record Disclosure
{
    /// <summary>Counts from 1 in its case.</summary>
    public required int Number { get; init; }

    /// <summary>Counts from 1 how often the approver was asked: a changed content is a new request.</summary>
    public int Request { get; init; } = 1;

    public required DisclosureContent Content { get; init; }

    public required string ContentHash { get; init; }

    public required string ProposedBy { get; init; }

    public required string ApproverId { get; init; }

    public string? DeputyId { get; init; }

    public DisclosureStage Stage { get; init; }

    /// <summary>When the approver was asked for this request.</summary>
    public DateTimeOffset AskedAt { get; init; }

    public bool Reminded { get; init; }

    public bool Escalated { get; init; }

    /// <summary>The links sent, for this request and for earlier ones.</summary>
    public IReadOnlyList<ApprovalLink> Links { get; init; } = [];

    public DisclosureDecision? Decision { get; init; }

    public DisclosureRecord? Record { get; init; }

    /// <summary>In what it was not made as it was approved; empty where it was, and before.</summary>
    public IReadOnlyList<DisclosureDifference> Differences { get; init; } = [];

    /// <summary>When its present stage began.</summary>
    public DateTimeOffset? StageSince { get; init; }

    /// <summary>
    /// Who makes it in place of the discloser whom the content names; null where they do. The approver named them, so the content and its
    /// hash stay as they were approved.
    /// </summary>
    public string? ReplacementId { get; init; }

    /// <summary>Who is to make it.</summary>
    [JsonIgnore]
    public string? DiscloserId => ReplacementId ?? Content.DiscloserId;

    [JsonIgnore]
    public bool IsAwaitingApproval => Stage == DisclosureStage.AwaitingApproval;

    [JsonIgnore]
    public bool IsApproved => Stage == DisclosureStage.Approved;

    /// <summary>Whether its content can still be changed, or the proposal withdrawn.</summary>
    [JsonIgnore]
    public bool CanBeRevised => Stage is DisclosureStage.AwaitingApproval or DisclosureStage.ChangeRequested or DisclosureStage.Lapsed
        or DisclosureStage.ApprovalEnded;

    /// <summary>Whether the act may be recorded: also after the approval ended or was revoked, because it may have been made before.</summary>
    [JsonIgnore]
    public bool CanBeRecorded => Stage is DisclosureStage.Approved or DisclosureStage.ApprovalEnded or DisclosureStage.Revoked;

    /// <summary>Whether a decision may still follow without a new proposal.</summary>
    [JsonIgnore]
    public bool IsOpen => Stage is DisclosureStage.AwaitingApproval or DisclosureStage.ChangeRequested;

    /// <summary>Whether this person may decide now: the approver, and after escalation the deputy.</summary>
    public bool MayBeDecidedBy(string personId) => personId == ApproverId || (Escalated && personId == DeputyId);
}

/// <summary>How far a disclosure has come.</summary>
public enum DisclosureStage
{
    /// <summary>The approver is asked.</summary>
    AwaitingApproval,

    /// <summary>The approver wants it changed first.</summary>
    ChangeRequested,

    /// <summary>May be made; the discloser is to record the act.</summary>
    Approved,

    /// <summary>May not be made.</summary>
    Refused,

    /// <summary>No one decided in time; may not be made.</summary>
    Lapsed,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Made, and recorded.</summary>
    Made,

    /// <summary>It was approved, and not recorded as made by its last day; may not be made any more.</summary>
    ApprovalEnded,

    /// <summary>It was approved, and the approval was taken back; may not be made any more.</summary>
    Revoked,
}

/// <summary>
/// A link that was sent for one request. Kept when the request is over, so that a page can say why the link no longer works.
/// </summary>
/// <param name="TokenHash">The SHA-256 of its token, in hexadecimal.</param>
public sealed record ApprovalLink(int Request, string TokenHash, string PersonId, DateTimeOffset EndsAt);

/// <summary>The approver's answer.</summary>
public sealed record DisclosureDecision(ApprovalOutcome Outcome, string Reasons, string By, DateTimeOffset At);
