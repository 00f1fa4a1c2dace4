namespace MappaFlows.Web.Labels;

/// <summary>A referral as people read it through, part by part: before it is sent, at screening and on the case's page.</summary>
public static class ReferralSummary
{
    public static IReadOnlyList<ReferralSection> Of(Referral referral) =>
        [.. ReferralPart.All.Select(part => new ReferralSection(part, [.. Rows(referral, part.Name)]))];

    private static IEnumerable<ReferralRow> Rows(Referral referral, string part) => part switch
    {
        nameof(Referral.Placement) => Placement(referral.Placement),
        nameof(Referral.Subject) => Subject(referral.Subject),
        nameof(Referral.Identifiers) => Identifiers(referral.Identifiers),
        nameof(Referral.Addresses) => Addresses(referral.Addresses),
        nameof(Referral.Offence) => Offence(referral.Offence),
        nameof(Referral.Dates) => Dates(referral.Dates),
        nameof(Referral.Risk) => Risk(referral.Risk),
        nameof(Referral.Reason) => Reason(referral.Reason),
        nameof(Referral.Safeguarding) => Safeguarding(referral.Safeguarding),
        _ => Meeting(referral.Meeting),
    };

    private static IEnumerable<ReferralRow> Placement(ReferralPlacement placement) =>
    [
        new("MAPPA area", PeopleLabels.Area(placement.Area)),
        new("Category", placement.Category?.Label()),
        new("Level sought", placement.LevelSought?.Label()),
        new("Lead agency", PeopleLabels.Agency(placement.LeadAgency)),
        new("Why a meeting is needed at once", placement.EmergencyReason),
    ];

    private static IEnumerable<ReferralRow> Subject(ReferralSubject subject) =>
    [
        new("Given names", subject.GivenNames),
        new("Family name", subject.FamilyName),
        new("Other names", subject.OtherNames),
        new("Date of birth", Day(subject.DateOfBirth)),
        new("Ethnicity", subject.Ethnicity),
        new("Diversity and communication needs", subject.DiversityAndCommunication),
    ];

    private static IEnumerable<ReferralRow> Identifiers(ReferralIdentifiers identifiers) =>
    [
        new("Police National Computer id", identifiers.PoliceNationalComputer),
        new("Probation number", identifiers.Probation),
        new("Offender management database number", identifiers.Database),
    ];

    private static IEnumerable<ReferralRow> Addresses(ReferralAddresses addresses)
    {
        yield return new("Has a fixed address", PlainText.YesNo(!addresses.NoFixedAddress));
        if (addresses.NoFixedAddress == true)
            yield return new("Closest links", addresses.ClosestLinks);
        else
            yield return new("Current address", addresses.Current);
        yield return new("Proposed address on release", addresses.ProposedOnRelease);
        if (!string.IsNullOrWhiteSpace(addresses.ProposedOnRelease))
            yield return new("Proposed address approved", PlainText.YesNo(addresses.ReleaseAddressApproved));
    }

    private static IEnumerable<ReferralRow> Offence(ReferralOffence offence) =>
    [
        new("Index offence", offence.IndexOffence),
        new("Kind of offence", offence.Kind?.Label()),
        new("How it was dealt with", offence.Disposal?.Label()),
        new("Length", offence.Length()?.ToString()),
        new("Summary of the offence", offence.Summary),
        new("Previous offences", offence.PreviousOffences),
        new("Hospital section", offence.HospitalSection),
    ];

    private static IEnumerable<ReferralRow> Dates(ReferralDates dates) =>
    [
        new("Conviction or finding", Day(dates.NotificationStart())),
        new("Sentence or caution", Day(dates.Sentence)),
        new("Release", Day(dates.Release)),
        new("End of licence", Day(dates.LicenceEnd)),
        new("Sentence expiry", dates.SentenceIndefinite == true ? "No end" : Day(dates.SentenceExpiry)),
        new("End of notification", dates.NotificationIndefinite == true ? "No end" : Day(dates.NotificationEnd)),
        new("Tribunal", Day(dates.Tribunal)),
    ];

    private static IEnumerable<ReferralRow> Risk(ReferralRisk risk) =>
    [
        new("Risk to children", risk.ToChildren?.Label()),
        new("Risk to the public", risk.ToPublic?.Label()),
        new("Risk to a known adult", risk.ToKnownAdult?.Label()),
        new("Risk to staff", risk.ToStaff?.Label()),
        new("Risk to prisoners", risk.ToPrisoners?.Label()),
        new("Assessment tool", risk.AssessmentTool),
        new("Score", risk.AssessmentScore),
        new("Assessed on", Day(risk.AssessedOn)),
    ];

    private static IEnumerable<ReferralRow> Reason(ReferralReason reason) =>
    [
        new("Behaviour and attitudes", reason.BehaviourAndAttitudes),
        new("Pattern of offending", reason.PatternOfOffending),
        new("What other agencies know", reason.WhatAgenciesKnow),
        new("Current risk management plan", reason.CurrentPlan),
        new("Why a lower level is not enough", reason.WhyThisLevel),
    ];

    private static IEnumerable<ReferralRow> Safeguarding(ReferralSafeguarding safeguarding) =>
    [
        new("Victims", safeguarding.Victims),
        new("Victim liaison officer", safeguarding.VictimLiaisonContact),
        new("Children", safeguarding.Children),
        new("Link to a domestic abuse conference", safeguarding.DomesticAbuseConference),
    ];

    private static IEnumerable<ReferralRow> Meeting(ReferralMeeting meeting) =>
    [
        new("Agencies to invite besides the core agencies", PeopleLabels.AgencyList(meeting.AgenciesToInvite)),
        new("Media interest", meeting.MediaInterest),
        new("How to reach the referrer", meeting.ReferrerContact),
        new("Countersigning manager", meeting.CountersigningManager),
    ];

    private static string? Day(DateOnly? day) => day is { } known ? UkTime.Date(known) : null;
}

/// <summary>A part of a referral and what it says.</summary>
public sealed record ReferralSection(ReferralPart Part, IReadOnlyList<ReferralRow> Rows);

/// <summary>A question of a referral and its answer; null where it was left blank.</summary>
public sealed record ReferralRow(string Question, string? Answer);
