using MappaFlows.Core.Areas;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Exits;

namespace MappaFlows.Core.Referrals;

/// <summary>What a referral must say before it can be submitted. Each part is checked by itself, for the page that asks it.</summary>
public static class ReferralRules
{
    /// <summary>The age of criminal responsibility in England and Wales, in years (Children and Young Persons Act 1933 s.50).</summary>
    private const int YoungestAge = 10;

    private const int OldestAge = 110;

    /// <summary>Every problem of the whole referral; field names begin with their part, as in <c>Dates.SentenceExpiry</c>.</summary>
    public static IReadOnlyList<Problem> Check(Referral referral, DateOnly today)
    {
        var check = new Check();
        Placement(check, referral.Placement);
        Subject(check, referral.Subject, today);
        Identifiers(check, referral.Identifiers);
        Addresses(check, referral.Addresses);
        Offence(check, referral.Offence, referral.Placement.Category, referral.Dates.Sentence, today);
        Dates(check, referral.Dates, referral.Placement.Category, today);
        Risk(check, referral.Risk, today);
        Reason(check, referral.Reason, referral.Placement.LevelSought);
        Safeguarding(check, referral.Safeguarding);
        Meeting(check, referral.Meeting);
        return check.Problems;
    }

    /// <summary>The problems of one part, by its property name in <see cref="Referral"/>.</summary>
    public static IReadOnlyList<Problem> CheckPart(Referral referral, string part, DateOnly today) =>
        [.. Check(referral, today).Where(problem => problem.Field.StartsWith(part + ".", StringComparison.Ordinal))];

    private static void Placement(Check check, ReferralPlacement placement)
    {
        check.That(placement.Area is not null && Areas.Areas.Find(placement.Area) is not null, "Placement.Area", "Select the MAPPA area");
        if (check.Given(placement.Category, "Placement.Category", "Select the category"))
            check.That(Enum.IsDefined(placement.Category.Value), "Placement.Category", "Select the category");
        check.Level(placement.LevelSought, placement.Category, "Placement.LevelSought", "Select the level sought");
        check.That(
            placement.LeadAgency is not null && Agencies.LeadAgencies.Any(agency => agency.Id == placement.LeadAgency),
            "Placement.LeadAgency",
            "Select the lead agency");
        check.OptionalText(placement.EmergencyReason, "Placement.EmergencyReason", "the reason for an emergency meeting");
    }

    private static void Subject(Check check, ReferralSubject subject, DateOnly today)
    {
        check.Text(subject.GivenNames, "Subject.GivenNames", "given names", Cases.Check.ShortText);
        check.Text(subject.FamilyName, "Subject.FamilyName", "a family name", Cases.Check.ShortText);
        check.OptionalText(subject.OtherNames, "Subject.OtherNames", "other names", Cases.Check.ShortText);
        check.Text(subject.Ethnicity, "Subject.Ethnicity", "the ethnicity, or ‘not known’", Cases.Check.ShortText);
        check.OptionalText(subject.DiversityAndCommunication, "Subject.DiversityAndCommunication", "diversity and communication needs");
        if (!check.Given(subject.DateOfBirth, "Subject.DateOfBirth", "Enter the date of birth")) return;
        check.That(subject.DateOfBirth <= today, "Subject.DateOfBirth", "The date of birth must be in the past");
        check.That(
            subject.DateOfBirth > today || (subject.DateOfBirth <= today.AddYears(-YoungestAge) && subject.DateOfBirth > today.AddYears(-OldestAge)),
            "Subject.DateOfBirth",
            $"The date of birth must make the person {YoungestAge} to {OldestAge} years old");
    }

    private static void Identifiers(Check check, ReferralIdentifiers identifiers)
    {
        check.OptionalText(identifiers.PoliceNationalComputer, "Identifiers.PoliceNationalComputer", "the Police National Computer id", Cases.Check.ShortText);
        check.OptionalText(identifiers.Probation, "Identifiers.Probation", "the probation number", Cases.Check.ShortText);
        check.OptionalText(identifiers.Database, "Identifiers.Database", "the database number", Cases.Check.ShortText);
    }

    private static void Addresses(Check check, ReferralAddresses addresses)
    {
        if (check.Given(addresses.NoFixedAddress, "Addresses.NoFixedAddress", "Select whether the person has a fixed address"))
        {
            if (addresses.NoFixedAddress.Value)
                check.Text(addresses.ClosestLinks, "Addresses.ClosestLinks", "where the person’s closest links are");
            else
                check.Text(addresses.Current, "Addresses.Current", "the current address");
        }

        check.OptionalText(addresses.ProposedOnRelease, "Addresses.ProposedOnRelease", "the proposed address");
        check.That(
            string.IsNullOrWhiteSpace(addresses.ProposedOnRelease) || addresses.ReleaseAddressApproved is not null,
            "Addresses.ReleaseAddressApproved",
            "Select whether the proposed address is approved");
    }

    private static void Offence(Check check, ReferralOffence offence, Category? category, DateOnly? sentencedOn, DateOnly today)
    {
        check.Text(offence.IndexOffence, "Offence.IndexOffence", "the index offence", Cases.Check.ShortText);
        check.Text(offence.Summary, "Offence.Summary", "a short summary of the offence");
        check.OptionalText(offence.PreviousOffences, "Offence.PreviousOffences", "previous offences");
        check.OptionalText(offence.HospitalSection, "Offence.HospitalSection", "the hospital section", Cases.Check.ShortText);
        if (!check.Given(offence.Disposal, "Offence.Disposal", "Select how the offence was dealt with")) return;
        check.That(Enum.IsDefined(offence.Disposal.Value), "Offence.Disposal", "Select how the offence was dealt with");

        if (offence.Disposal == Disposal.Imprisonment)
        {
            check.That(
                offence.SentenceMonths is >= 1 and <= 1200,
                "Offence.SentenceMonths",
                "Enter the length of the sentence in months, from 1 to 1,200");
        }

        if (category != Category.Category2) return;
        if (!check.Given(offence.Kind, "Offence.Kind", "Select the kind of offence: Category 2 depends on it")) return;
        var counts = Eligibility.CheckCategory2(
            offence.Kind.Value,
            offence.Disposal.Value,
            offence.SentenceMonths is { } months ? SentenceTerm.OfMonths(months) : null,
            sentencedOn ?? today);
        check.That(counts.Eligible, "Offence.Disposal", counts.Reason);
    }

    private static void Dates(Check check, ReferralDates dates, Category? category, DateOnly today)
    {
        if (check.Given(dates.Sentence, "Dates.Sentence", "Enter the date of the sentence or caution"))
            check.That(dates.Sentence <= today, "Dates.Sentence", "The date of the sentence or caution must be today or in the past");

        foreach (var (day, field, what) in new[]
                 {
                     (dates.Release, "Dates.Release", "release date"),
                     (dates.LicenceEnd, "Dates.LicenceEnd", "end of licence"),
                     (dates.SentenceExpiry, "Dates.SentenceExpiry", "sentence expiry date"),
                     (dates.NotificationEnd, "Dates.NotificationEnd", "end of notification"),
                 })
        {
            check.That(day is null || dates.Sentence is null || day >= dates.Sentence, field, $"The {what} must not be before the date of the sentence");
            check.That(day is null || day < today.AddYears(100), field, $"The {what} must be within 100 years");
        }

        check.That(
            dates.LicenceEnd is null || dates.Release is null || dates.LicenceEnd >= dates.Release,
            "Dates.LicenceEnd",
            "The end of licence must not be before the release date");

        if (category is Category.Category2)
        {
            if (check.Given(dates.SentenceExpiry, "Dates.SentenceExpiry", "Enter the sentence expiry date: Category 2 ends on it"))
                check.That(dates.SentenceExpiry >= today, "Dates.SentenceExpiry", "The sentence expiry date must be today or in the future: after it Category 2 has ended");
        }

        if (category is Category.Category1)
        {
            check.That(
                (dates.NotificationEnd is not null) ^ (dates.NotificationIndefinite == true),
                "Dates.NotificationEnd",
                "Enter the end of notification, or select that it has no end: Category 1 ends on it");
            check.That(
                dates.NotificationEnd is null || dates.NotificationEnd >= today,
                "Dates.NotificationEnd",
                "The end of notification must be today or in the future: after it Category 1 has ended");
        }

        if (category is Category.Category4)
        {
            check.That(
                dates.LicenceEnd >= today || dates.NotificationEnd >= today || dates.NotificationIndefinite == true,
                "Dates.LicenceEnd",
                "Enter the end of licence or of terrorism notification, today or in the future: Category 4 ends on the later");
        }
    }

    private static void Risk(Check check, ReferralRisk risk, DateOnly today)
    {
        check.That(
            risk.ToChildren is not null || risk.ToPublic is not null || risk.ToKnownAdult is not null || risk.ToStaff is not null || risk.ToPrisoners is not null,
            "Risk.ToPublic",
            "Select the risk of serious harm to at least one group");
        check.OptionalText(risk.AssessmentTool, "Risk.AssessmentTool", "the assessment tool", Cases.Check.ShortText);
        check.OptionalText(risk.AssessmentScore, "Risk.AssessmentScore", "the score", Cases.Check.ShortText);
        check.That(risk.AssessedOn is null || risk.AssessedOn <= today, "Risk.AssessedOn", "The date of the assessment must be today or in the past");
    }

    private static void Reason(Check check, ReferralReason reason, ManagementLevel? level)
    {
        check.Text(reason.BehaviourAndAttitudes, "Reason.BehaviourAndAttitudes", "the behaviour and attitudes that worry you");
        check.OptionalText(reason.PatternOfOffending, "Reason.PatternOfOffending", "the pattern of offending");
        check.OptionalText(reason.WhatAgenciesKnow, "Reason.WhatAgenciesKnow", "what other agencies know");
        check.Text(reason.CurrentPlan, "Reason.CurrentPlan", "the current risk management plan");
        if (level is ManagementLevel.Level2 or ManagementLevel.Level3)
            check.Text(reason.WhyThisLevel, "Reason.WhyThisLevel", "why a lower level is not enough");
        else
            check.OptionalText(reason.WhyThisLevel, "Reason.WhyThisLevel", "why a lower level is not enough");
    }

    private static void Safeguarding(Check check, ReferralSafeguarding safeguarding)
    {
        check.OptionalText(safeguarding.Victims, "Safeguarding.Victims", "the victims");
        check.OptionalText(safeguarding.VictimLiaisonContact, "Safeguarding.VictimLiaisonContact", "the victim liaison officer", Cases.Check.ShortText);
        check.OptionalText(safeguarding.Children, "Safeguarding.Children", "the children");
        check.OptionalText(safeguarding.DomesticAbuseConference, "Safeguarding.DomesticAbuseConference", "the domestic abuse conference");
    }

    private static void Meeting(Check check, ReferralMeeting meeting)
    {
        check.That(
            meeting.AgenciesToInvite.All(id => Agencies.Find(id) is not null),
            "Meeting.AgenciesToInvite",
            "Select agencies from the list");
        check.OptionalText(meeting.MediaInterest, "Meeting.MediaInterest", "the media interest");
        check.OptionalText(meeting.ReferrerContact, "Meeting.ReferrerContact", "how to reach you", Cases.Check.ShortText);
        check.Text(meeting.CountersigningManager, "Meeting.CountersigningManager", "the name of the countersigning manager", Cases.Check.ShortText);
    }
}
