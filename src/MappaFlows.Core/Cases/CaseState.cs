using System.Text.Json.Serialization;

namespace MappaFlows.Core.Cases;

/// <summary>A case as its events have made it: what every feature needs to know, and a part for each feature.</summary>
public sealed record CaseState
{
    public required CaseReference Reference { get; init; }

    /// <summary>The number of events so far.</summary>
    public long Version { get; init; }

    public CaseStage Stage { get; init; }

    public required string AreaCode { get; init; }

    public required string LeadAgencyId { get; init; }

    public required Referral Referral { get; init; }

    public required string ReferrerId { get; init; }

    public DateTimeOffset ReferredAt { get; init; }

    /// <summary>When the referral was accepted; null before.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the screening clock last started: at the referral, or at the answer to a question.</summary>
    public DateTimeOffset ScreeningSince { get; init; }

    public IReadOnlyList<InformationRequest> InformationRequests { get; init; } = [];

    public ScreeningResult? Screening { get; init; }

    /// <summary>The category sought, and once accepted the one in force.</summary>
    public Category Category { get; init; }

    /// <summary>The level in force; null before acceptance.</summary>
    public ManagementLevel? Level { get; init; }

    /// <summary>When the level in force began.</summary>
    public DateTimeOffset? LevelSince { get; init; }

    /// <summary>Every basis of eligibility ever recorded.</summary>
    public IReadOnlyList<EligibilityBasis> Bases { get; init; } = [];

    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    public IReadOnlyList<Level1ReviewHeld> Level1Reviews { get; init; } = [];

    public IReadOnlyList<Disclosure> Disclosures { get; init; } = [];

    public IReadOnlyList<PreExitReview> PreExitReviews { get; init; } = [];

    public DateOnly? ReleaseDate { get; init; }

    public DateOnly? LicenceEnd { get; init; }

    public ExitRecord? Exit { get; init; }

    /// <summary>What the features know of the case.</summary>
    [JsonIgnore]
    public CaseParts Parts { get; init; } = CaseParts.None;

    /// <summary>Whether the person is managed now.</summary>
    public bool IsManaged => Stage == CaseStage.Managed;

    /// <summary>The meeting that is arranged and not yet recorded, if any.</summary>
    public Meeting? NextMeeting => Meetings.FirstOrDefault(meeting => meeting.Outcome is null);

    /// <summary>The last meeting that was held, if any.</summary>
    public Meeting? LastMeeting => Meetings.LastOrDefault(meeting => meeting.Outcome is not null);

    public Disclosure? FindDisclosure(int number) => Disclosures.FirstOrDefault(disclosure => disclosure.Number == number);

    /// <summary>A feature's part; an empty one where the feature has recorded nothing.</summary>
    public TPart Part<TPart>()
        where TPart : class, new() => Parts.Find<TPart>() ?? new();

    public CaseState With<TPart>(TPart part)
        where TPart : class => this with { Parts = Parts.Set(part) };
}

/// <summary>How far a case has come.</summary>
public enum CaseStage
{
    /// <summary>Waits for a coordinator's screening decision.</summary>
    Screening,

    /// <summary>Waits for the referrer's answer.</summary>
    InformationRequested,

    /// <summary>Not accepted; ended.</summary>
    Refused,

    /// <summary>Managed at a level.</summary>
    Managed,

    /// <summary>No longer managed; ended.</summary>
    Closed,
}

public static class CaseStages
{
    /// <summary>Whether nothing more can happen to the case.</summary>
    public static bool IsEnded(this CaseStage stage) => stage is CaseStage.Refused or CaseStage.Closed;
}

/// <summary>A coordinator's question and the referrer's answer.</summary>
public sealed record InformationRequest(string Question, DateTimeOffset AskedAt, string? Answer, DateTimeOffset? AnsweredAt);

/// <summary>The screening decision.</summary>
public sealed record ScreeningResult(bool Accepted, ManagementLevel? Level, string Reasons, string DecidedBy, DateTimeOffset DecidedAt);

/// <summary>A level 2 or 3 meeting, arranged or held.</summary>
public sealed record Meeting(
    int Number,
    ManagementLevel Level,
    DateTimeOffset StartsAt,
    int Minutes,
    string Place,
    IReadOnlyList<string> Agencies,
    MeetingOutcome? Outcome = null,
    DateTimeOffset? RecordedAt = null,
    DateTimeOffset? MinutesSentAt = null)
{
    /// <summary>How often the meeting was moved; calendar programs tell the newer invitation by it.</summary>
    public int Moves { get; init; }
}

/// <summary>A level 1 review that was held.</summary>
public sealed record Level1ReviewHeld(int Number, Level1Review Review, string By, DateTimeOffset At);

/// <summary>A review before the exit.</summary>
public sealed record PreExitReview(string Conclusion, bool ConsiderCategory3, string By, DateTimeOffset At);

/// <summary>How the case ended.</summary>
public sealed record ExitRecord(ExitReason Reason, DateOnly LastDay, string Explanation, DateTimeOffset At);
