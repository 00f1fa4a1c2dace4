namespace MappaFlows.Core.Referrals;

/// <summary>
/// What a professional tells when referring a person. One part for each question page; every part may be incomplete while it is a draft.
/// Fields follow the referral forms of the MAPPA document set (purpose: referral to level 2/3; its letter changed between editions).
/// </summary>
public sealed record Referral
{
    public ReferralPlacement Placement { get; init; } = new();

    public ReferralSubject Subject { get; init; } = new();

    public ReferralIdentifiers Identifiers { get; init; } = new();

    public ReferralAddresses Addresses { get; init; } = new();

    public ReferralOffence Offence { get; init; } = new();

    public ReferralDates Dates { get; init; } = new();

    public ReferralRisk Risk { get; init; } = new();

    public ReferralReason Reason { get; init; } = new();

    public ReferralSafeguarding Safeguarding { get; init; } = new();

    public ReferralMeeting Meeting { get; init; } = new();
}

/// <summary>Where the person would be managed, at which level and in which category.</summary>
public sealed record ReferralPlacement
{
    /// <summary>The area's code.</summary>
    public string? Area { get; init; }

    public Category? Category { get; init; }

    public ManagementLevel? LevelSought { get; init; }

    /// <summary>The agency that leads: an id of <see cref="Areas.Agencies"/>.</summary>
    public string? LeadAgency { get; init; }

    /// <summary>Why a meeting is needed at once; a level 3 case with a reason here has its first meeting on the emergency clock.</summary>
    public string? EmergencyReason { get; init; }
}

/// <summary>Who is referred.</summary>
public sealed record ReferralSubject
{
    public string? GivenNames { get; init; }

    public string? FamilyName { get; init; }

    /// <summary>Aliases, former and maiden names.</summary>
    public string? OtherNames { get; init; }

    public DateOnly? DateOfBirth { get; init; }

    /// <summary>In words, as the person describes it.</summary>
    public string? Ethnicity { get; init; }

    public string? DiversityAndCommunication { get; init; }

    /// <summary>The name as people say it. Some people have only one.</summary>
    public string FullName() => $"{GivenNames} {FamilyName}".Trim();
}

/// <summary>Numbers by which other systems know the person.</summary>
public sealed record ReferralIdentifiers
{
    /// <summary>Police national computer id, as 2002/0123456W.</summary>
    public string? PoliceNationalComputer { get; init; }

    /// <summary>Probation case reference number, such as X123456.</summary>
    public string? Probation { get; init; }

    /// <summary>The number in the national offender-management database.</summary>
    public string? Database { get; init; }
}

/// <summary>Where the person lives, or where their closest links are.</summary>
public sealed record ReferralAddresses
{
    public bool? NoFixedAddress { get; init; }

    public string? Current { get; init; }

    public string? ClosestLinks { get; init; }

    public string? ProposedOnRelease { get; init; }

    public bool? ReleaseAddressApproved { get; init; }
}

/// <summary>The offence or caution that brings the person here.</summary>
public sealed record ReferralOffence
{
    public string? IndexOffence { get; init; }

    /// <summary>Asked for Category 2, which only some offences count for.</summary>
    public Offence? Kind { get; init; }

    public Disposal? Disposal { get; init; }

    /// <summary>Years of the sentence, besides its months, weeks and days; asked for a custodial sentence, suspended or not.</summary>
    public int? SentenceYears { get; init; }

    /// <inheritdoc cref="SentenceYears"/>
    public int? SentenceMonths { get; init; }

    /// <inheritdoc cref="SentenceYears"/>
    public int? SentenceWeeks { get; init; }

    /// <inheritdoc cref="SentenceYears"/>
    public int? SentenceDays { get; init; }

    public string? Summary { get; init; }

    public string? PreviousOffences { get; init; }

    public string? HospitalSection { get; init; }

    /// <summary>How long the sentence or discharge is, as the court said it; null where no part of it is given.</summary>
    public SentenceTerm? Length() =>
        SentenceYears is null && SentenceMonths is null && SentenceWeeks is null && SentenceDays is null
            ? null
            : new(SentenceYears ?? 0, SentenceMonths ?? 0, SentenceWeeks ?? 0, SentenceDays ?? 0);
}

/// <summary>The dates that clocks come from.</summary>
public sealed record ReferralDates
{
    /// <summary>The day of conviction or finding, where it was before the sentence: notification begins with it.</summary>
    public DateOnly? Conviction { get; init; }

    public DateOnly? Sentence { get; init; }

    public DateOnly? Release { get; init; }

    public DateOnly? LicenceEnd { get; init; }

    public DateOnly? SentenceExpiry { get; init; }

    /// <summary>The sentence or order has no end: life, or a hospital or guardianship order that runs until someone ends it.</summary>
    public bool? SentenceIndefinite { get; init; }

    public DateOnly? NotificationEnd { get; init; }

    /// <summary>The notification requirement has no end.</summary>
    public bool? NotificationIndefinite { get; init; }

    public DateOnly? Tribunal { get; init; }

    /// <summary>The day with which notification begins (Sexual Offences Act 2003 s.82(6)): of conviction, finding or caution.</summary>
    public DateOnly? NotificationStart() => Conviction ?? Sentence;
}

/// <summary>How much harm is feared, to whom, and on what assessment.</summary>
public sealed record ReferralRisk
{
    public string? AssessmentTool { get; init; }

    public string? AssessmentScore { get; init; }

    public DateOnly? AssessedOn { get; init; }

    public RiskLevel? ToChildren { get; init; }

    public RiskLevel? ToPublic { get; init; }

    public RiskLevel? ToKnownAdult { get; init; }

    public RiskLevel? ToStaff { get; init; }

    public RiskLevel? ToPrisoners { get; init; }
}

/// <summary>Risk of serious harm.</summary>
public enum RiskLevel
{
    Low,
    Medium,
    High,
    VeryHigh,
}

/// <summary>Why the person is referred.</summary>
public sealed record ReferralReason
{
    public string? BehaviourAndAttitudes { get; init; }

    public string? PatternOfOffending { get; init; }

    public string? WhatAgenciesKnow { get; init; }

    public string? CurrentPlan { get; init; }

    /// <summary>Why the level below the one sought is not enough.</summary>
    public string? WhyThisLevel { get; init; }
}

/// <summary>Victims, children and domestic abuse.</summary>
public sealed record ReferralSafeguarding
{
    public string? Victims { get; init; }

    public string? VictimLiaisonContact { get; init; }

    public string? Children { get; init; }

    public string? DomesticAbuseConference { get; init; }
}

/// <summary>Who should be at the meeting, and who stands behind the referral.</summary>
public sealed record ReferralMeeting
{
    /// <summary>Ids of <see cref="Areas.Agencies"/>, besides the core agencies, which are always invited.</summary>
    public IReadOnlyList<string> AgenciesToInvite { get; init; } = [];

    public string? MediaInterest { get; init; }

    public string? ReferrerContact { get; init; }

    public string? CountersigningManager { get; init; }
}
