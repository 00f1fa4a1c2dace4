using System.Text.Json.Serialization;

namespace MappaFlows.Core.Disclosures;

/// <summary>Proposes a disclosure and asks the approver.</summary>
public sealed record ProposeDisclosure : CaseCommand
{
    public DisclosureContent Content { get; init; } = new();

    /// <summary>The person asked; where null, the area's Chair, or at level 1 the lead agency's manager.</summary>
    public string? ApproverId { get; init; }
}

/// <summary>
/// Changes the content after the approver asked for it, after a lapse, or while the approver still considers; the approver is asked again.
/// </summary>
public sealed record ReviseDisclosure(int Number, DisclosureContent Content) : CaseCommand;

/// <summary>Takes a proposal back.</summary>
public sealed record WithdrawDisclosure(int Number, string? Reason) : CaseCommand;

/// <summary>The approver's decision on exactly the content with this hash.</summary>
public sealed record DecideDisclosure : CaseCommand, IDecidedFromEvents
{
    public int Number { get; init; }

    public ApprovalOutcome? Outcome { get; init; }

    public string? Reasons { get; init; }

    public string? ContentHash { get; init; }

    /// <summary>SHA-256 of the link's token, where the decision came through a link.</summary>
    [JsonIgnore]
    public string? TokenHash { get; init; }
}

/// <summary>Keeps the hash of a link that is about to be sent.</summary>
public sealed record IssueApprovalLink(int Number, int Request, [Verbatim] string TokenHash, [Verbatim] string PersonId) : CaseCommand;

/// <summary>Takes an approval back: what was approved may not be disclosed any more.</summary>
public sealed record RevokeApproval(int Number, string? Reason) : CaseCommand;

/// <summary>
/// Names another discloser for an approved disclosure. Where the approver does it the approval stands; where someone else does, the content
/// that was approved names another person, so the approver is asked again.
/// </summary>
public sealed record ReplaceDiscloser(int Number, string? DiscloserId, string? Reason) : CaseCommand;

/// <summary>The discloser records the act.</summary>
public sealed record RecordDisclosure(int Number, DisclosureRecord Record) : CaseCommand, IDecidedFromEvents;
