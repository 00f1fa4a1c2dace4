using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>Something that a person, or the clock, wants done in a case. Fields may be missing: the decision says which.</summary>
public abstract record CaseCommand : Command;

/// <summary>Refers a person and so opens a case.</summary>
public sealed record SubmitReferral(CaseReference Reference, Referral Referral) : CaseCommand;

/// <summary>A coordinator's screening decision.</summary>
public sealed record DecideScreening : CaseCommand
{
    public ScreeningOutcome? Outcome { get; init; }

    /// <summary>The level accepted at; only with <see cref="ScreeningOutcome.Accept"/>.</summary>
    public ManagementLevel? Level { get; init; }

    /// <summary>The reasons, or the question asked.</summary>
    public string? Reasons { get; init; }
}

public enum ScreeningOutcome
{
    Accept,
    RequestInformation,
    Refuse,
}

/// <summary>The referrer's answer to a question.</summary>
public sealed record GiveInformation(string? Answer) : CaseCommand;

/// <summary>Arranges the next level 2 or 3 meeting.</summary>
public sealed record ScheduleMeeting : CaseCommand
{
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>15 to 480.</summary>
    public int? Minutes { get; init; }

    /// <summary>Where, or how to join. It goes into invitations: nothing about the person.</summary>
    public string? Place { get; init; }

    /// <summary>Ids of agencies besides the core agencies, which are always invited.</summary>
    public IReadOnlyList<string> Agencies { get; init; } = [];

    /// <summary>Asked for when the day is past the clock.</summary>
    public string? LateReason { get; init; }
}

/// <summary>Moves a meeting that is arranged.</summary>
public sealed record MoveMeeting : CaseCommand
{
    public int Number { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public int? Minutes { get; init; }

    public string? Place { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Records what a meeting decided.</summary>
public sealed record RecordMeeting(int Number, MeetingOutcome Outcome) : CaseCommand;

/// <summary>Records that the minutes went out.</summary>
public sealed record SendMinutes(int Number) : CaseCommand;

/// <summary>Records the lead agency's review of a level 1 case.</summary>
public sealed record RecordLevel1Review(Level1Review Review) : CaseCommand;

/// <summary>Proposes a disclosure and asks the approver.</summary>
public sealed record ProposeDisclosure : CaseCommand
{
    public DisclosureContent Content { get; init; } = new();

    /// <summary>The person asked; where null, the area's Chair, or at level 1 the lead agency's manager.</summary>
    public string? ApproverId { get; init; }
}

/// <summary>Changes the content after the approver asked for it, after a lapse, or while the approver still considers; the approver is asked anew.</summary>
public sealed record ReviseDisclosure(int Number, DisclosureContent Content) : CaseCommand;

/// <summary>Takes a proposal back.</summary>
public sealed record WithdrawDisclosure(int Number, string? Reason) : CaseCommand;

/// <summary>The approver's decision on exactly the content with this hash.</summary>
public sealed record DecideDisclosure : CaseCommand
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
public sealed record IssueApprovalLink(int Number, int Request, string TokenHash, string PersonId) : CaseCommand;

/// <summary>The discloser records the act.</summary>
public sealed record RecordDisclosure(int Number, DisclosureRecord Record) : CaseCommand;

/// <summary>Sets a date that clocks come from.</summary>
public sealed record ChangeDate : CaseCommand
{
    public CaseDate? Which { get; init; }

    /// <summary>The id of the basis whose end it is; may be left out where only one can be meant.</summary>
    public string? Basis { get; init; }

    /// <summary>The date as it was seen by whoever changes it; null where it was not set, or had no end. Refused where it is another by now.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The new day; null with <see cref="Indefinite"/>.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The requirement has no end.</summary>
    public bool Indefinite { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Records a new sentence or order that makes the person eligible besides.</summary>
public sealed record AddEligibility : CaseCommand
{
    public Category? Category { get; init; }

    public DateOnly? StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public bool Indefinite { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Records a review before the exit.</summary>
public sealed record RecordPreExitReview : CaseCommand
{
    public string? Conclusion { get; init; }

    public bool? ConsiderCategory3 { get; init; }
}

/// <summary>Decides that the person is no longer managed.</summary>
public sealed record DecideExit : CaseCommand
{
    public ExitReason? Reason { get; init; }

    /// <summary>The last day under MAPPA; not in the future.</summary>
    public DateOnly? LastDay { get; init; }

    public string? Reasons { get; init; }
}

/// <summary>The clock: do whatever is due by now in one part of the case, or with null in all of it.</summary>
public sealed record DoWhatIsDue(CasePart? Part) : CaseCommand;
