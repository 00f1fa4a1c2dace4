namespace MappaFlows.Core.Referrals;

/// <summary>What a referral must say before it can be submitted. Each part is checked by itself, for the page that asks it.</summary>
public static class ReferralRules
{
    /// <summary>The age of criminal responsibility in England and Wales, in years (Children and Young Persons Act 1933 s.50).</summary>
    internal const int YoungestAge = 10;

    internal const int OldestAge = 110;

    /// <summary>A conditional discharge lasts three years or less (Sentencing Code s.80).</summary>
    private const int MaxDischargeMonths = 36;

    /// <summary>Every problem of the whole referral; field names begin with their part, as in <c>Dates.SentenceExpiry</c>.</summary>
    public static IReadOnlyList<Problem> Check(Referral referral, DateOnly today)
    {
        var texts = CommandTexts.Of(referral).Problems;
        referral = Settle(referral, today);
        var validation = new Validation();
        Placement(validation, referral.Placement);
        Subject(validation, referral.Subject, today);
        Identifiers(validation, referral.Identifiers, today);
        Addresses(validation, referral.Addresses);
        Offence(validation, referral.Offence, referral.Placement.Category, referral.Dates.Sentence, today);
        ReferralDateRules.Check(validation, referral, today);
        Risk(validation, referral.Risk, referral.Subject.DateOfBirth, today);
        Reason(validation, referral.Reason, referral.Placement.LevelSought);
        Safeguarding(validation, referral.Safeguarding);
        Meeting(validation, referral.Meeting);
        return CommandTexts.Join(texts, validation.Problems);
    }

    /// <summary>
    /// The referral as it is sent: texts and numbers as they are kept, and no answer to a question that another answer takes away. A draft
    /// keeps them all, in case the person chooses again.
    /// </summary>
    public static Referral Settle(Referral referral, DateOnly today)
    {
        var clean = CommandTexts.Of(referral).Value;
        var (numbers, addresses, offence) = (clean.Identifiers, clean.Addresses, clean.Offence);
        return clean with
        {
            Identifiers = new()
            {
                PoliceNationalComputer = numbers.PoliceNationalComputer is { } police
                    ? Referrals.Identifiers.Police(police, today) ?? police
                    : null,
                Probation = numbers.Probation is { } probation ? Referrals.Identifiers.Probation(probation) ?? probation : null,
                Database = numbers.Database is { } database ? Referrals.Identifiers.Database(database) ?? database : null,
            },
            Addresses = addresses with
            {
                Current = addresses.NoFixedAddress == true ? null : addresses.Current,
                ClosestLinks = addresses.NoFixedAddress == false ? null : addresses.ClosestLinks,
                ReleaseAddressApproved = addresses.ProposedOnRelease is null ? null : addresses.ReleaseAddressApproved,
            },
            Offence = offence.Disposal is { HasTerm: false }
                ? offence with { SentenceYears = null, SentenceMonths = null, SentenceWeeks = null, SentenceDays = null }
                : offence,
            Dates = clean.Dates with
            {
                // A date equal to the sentence's says nothing more, and false says what null does.
                Conviction = clean.Dates.Conviction == clean.Dates.Sentence ? null : clean.Dates.Conviction,
                SentenceIndefinite = clean.Dates.SentenceIndefinite == true ? true : null,
            },
        };
    }

    /// <summary>The problems of one part, by its property name in <see cref="Referral"/>.</summary>
    public static IReadOnlyList<Problem> CheckPart(Referral referral, string part, DateOnly today) =>
        [.. Check(referral, today).Where(problem => problem.Field.StartsWith(part + ".", StringComparison.Ordinal))];

    private static void Placement(Validation validation, ReferralPlacement placement)
    {
        validation.Require(placement.Area is not null && MappaAreas.Find(placement.Area) is not null, "Placement.Area", "Select the MAPPA area");
        if (validation.Given(placement.Category, "Placement.Category", "Select the category"))
            validation.Require(Enum.IsDefined(placement.Category.Value), "Placement.Category", "Select the category");
        validation.Level(placement.LevelSought, placement.Category, "Placement.LevelSought", "Select the level sought");
        validation.Require(
            placement.LeadAgency is not null && Agencies.LeadAgencies.Any(agency => agency.Id == placement.LeadAgency),
            "Placement.LeadAgency",
            "Select the lead agency");
        validation.OptionalText(placement.EmergencyReason, "Placement.EmergencyReason", "the reason for an emergency meeting");
        validation.Require(
            placement.LevelSought is null or ManagementLevel.Level3 || TextPolicy.IsBlank(placement.EmergencyReason),
            "Placement.EmergencyReason",
            "Delete this reason, or select level 3: only a level 3 meeting is held at once");
    }

    private static void Subject(Validation validation, ReferralSubject subject, DateOnly today)
    {
        validation.Require(
            !TextPolicy.IsBlank(subject.FullName()),
            "Subject.FamilyName",
            "Enter a name: a family name, given names or both");
        validation.OptionalText(subject.GivenNames, "Subject.GivenNames", "given names", Validation.MaxShortText);
        validation.OptionalText(subject.FamilyName, "Subject.FamilyName", "the family name", Validation.MaxShortText);
        validation.OptionalText(subject.OtherNames, "Subject.OtherNames", "other names", Validation.MaxShortText);
        validation.Text(subject.Ethnicity, "Subject.Ethnicity", "the ethnicity, or ‘not known’", Validation.MaxShortText);
        validation.OptionalText(subject.DiversityAndCommunication, "Subject.DiversityAndCommunication", "diversity and communication needs");
        if (!validation.Given(subject.DateOfBirth, "Subject.DateOfBirth", "Enter the date of birth")) return;
        validation.Require(subject.DateOfBirth <= today, "Subject.DateOfBirth", "The date of birth must be in the past");
        validation.Require(
            subject.DateOfBirth > today
                || (subject.DateOfBirth <= today.AddYears(-YoungestAge) && subject.DateOfBirth > today.AddYears(-OldestAge)),
            "Subject.DateOfBirth",
            $"The date of birth must make the person {YoungestAge} to {OldestAge} years old");
    }

    private static void Identifiers(Validation validation, ReferralIdentifiers identifiers, DateOnly today)
    {
        if (identifiers.PoliceNationalComputer is { } police)
        {
            var known = Referrals.Identifiers.Police(police, today);
            validation.Require(
                known is not null,
                "Identifiers.PoliceNationalComputer",
                "The Police National Computer id must be a year, up to 7 digits and a letter, for example 02/123456W");
            validation.Require(
                known is null || Referrals.Identifiers.HasItsLetter(known),
                "Identifiers.PoliceNationalComputer",
                "The letter of the Police National Computer id does not fit its digits: check both");
        }

        validation.Require(
            identifiers.Probation is null || Referrals.Identifiers.Probation(identifiers.Probation) is not null,
            "Identifiers.Probation",
            "The probation number must be a letter and 6 digits, for example X123456");
        validation.Require(
            identifiers.Database is null || Referrals.Identifiers.Database(identifiers.Database) is not null,
            "Identifiers.Database",
            "The offender management database number must be up to 30 letters, digits, slashes and hyphens, with at least one digit");
    }

    private static void Addresses(Validation validation, ReferralAddresses addresses)
    {
        if (validation.Given(addresses.NoFixedAddress, "Addresses.NoFixedAddress", "Select whether the person has a fixed address"))
        {
            if (addresses.NoFixedAddress.Value)
                validation.Text(addresses.ClosestLinks, "Addresses.ClosestLinks", "where the person’s closest links are");
            else
                validation.Text(addresses.Current, "Addresses.Current", "the current address");
        }

        validation.OptionalText(addresses.ProposedOnRelease, "Addresses.ProposedOnRelease", "the proposed address");
        validation.Require(
            TextPolicy.IsBlank(addresses.ProposedOnRelease) || addresses.ReleaseAddressApproved is not null,
            "Addresses.ReleaseAddressApproved",
            "Select whether the proposed address is approved");
    }

    private static void Offence(Validation validation, ReferralOffence offence, Category? category, DateOnly? sentencedOn, DateOnly today)
    {
        validation.Text(offence.IndexOffence, "Offence.IndexOffence", "the index offence", Validation.MaxShortText);
        validation.Text(offence.Summary, "Offence.Summary", "a short summary of the offence");
        validation.OptionalText(offence.PreviousOffences, "Offence.PreviousOffences", "previous offences");
        validation.OptionalText(offence.HospitalSection, "Offence.HospitalSection", "the hospital section", Validation.MaxShortText);
        if (!validation.Given(offence.Disposal, "Offence.Disposal", "Select how the offence was dealt with")) return;
        validation.Require(Enum.IsDefined(offence.Disposal.Value), "Offence.Disposal", "Select how the offence was dealt with");

        Length(validation, offence);

        // A length that is missing is said at the length, and not once more here.
        var isLengthKnown = offence.Disposal != Disposal.Imprisonment || offence.Length() is { IsPlausible: true };
        if (category != Category.Category2 || !isLengthKnown) return;
        if (!validation.Given(offence.Kind, "Offence.Kind", "Select the kind of offence: Category 2 depends on it")) return;
        var counts = EligibilityAssessment.CheckCategory2(
            offence.Kind.Value,
            offence.Disposal.Value,
            offence.Length(),
            sentencedOn ?? today);
        validation.Require(counts.Eligible, "Offence.Disposal", counts.Reason);
    }

    private static void Length(Validation validation, ReferralOffence offence)
    {
        const string field = "Offence.SentenceYears";
        if (offence.Disposal is not { HasTerm: true } disposal) return;
        if (offence.Length() is not { } length)
        {
            validation.Require(
                disposal != Disposal.Imprisonment, field, "Enter the length of the sentence, for example 2 years, or 27 weeks");
            return;
        }

        validation.Require(length.IsPlausible, field, "The length of the sentence must be from 1 day to 100 years");
        validation.Require(
            !length.IsPlausible || disposal != Disposal.ConditionalDischarge || length.CompareToMonths(MaxDischargeMonths) <= 0,
            field,
            "A conditional discharge lasts 3 years or less");
    }

    private static void Risk(Validation validation, ReferralRisk risk, DateOnly? born, DateOnly today)
    {
        validation.Require(
            risk.ToChildren is not null
                || risk.ToPublic is not null
                || risk.ToKnownAdult is not null
                || risk.ToStaff is not null
                || risk.ToPrisoners is not null,
            "Risk.ToPublic",
            "Select the risk of serious harm to at least one group");
        validation.OptionalText(risk.AssessmentTool, "Risk.AssessmentTool", "the assessment tool", Validation.MaxShortText);
        validation.OptionalText(risk.AssessmentScore, "Risk.AssessmentScore", "the score", Validation.MaxShortText);
        const string assessed = "The date of the assessment";
        validation.Require(risk.AssessedOn is null || risk.AssessedOn <= today, "Risk.AssessedOn", $"{assessed} must be today or in the past");
        if (validation.Plausible(risk.AssessedOn, "Risk.AssessedOn", assessed, today))
            ReferralDateRules.OldEnough(validation, risk.AssessedOn, "Risk.AssessedOn", assessed, born);
        foreach (var (level, field) in new[]
                 {
                     (risk.ToChildren, nameof(risk.ToChildren)),
                     (risk.ToPublic, nameof(risk.ToPublic)),
                     (risk.ToKnownAdult, nameof(risk.ToKnownAdult)),
                     (risk.ToStaff, nameof(risk.ToStaff)),
                     (risk.ToPrisoners, nameof(risk.ToPrisoners)),
                 })
        {
            validation.Require(level is null || Enum.IsDefined(level.Value), $"Risk.{field}", "Select the risk of serious harm");
        }
    }

    private static void Reason(Validation validation, ReferralReason reason, ManagementLevel? level)
    {
        validation.Text(reason.BehaviourAndAttitudes, "Reason.BehaviourAndAttitudes", "the behaviour and attitudes that worry you");
        validation.OptionalText(reason.PatternOfOffending, "Reason.PatternOfOffending", "the pattern of offending");
        validation.OptionalText(reason.WhatAgenciesKnow, "Reason.WhatAgenciesKnow", "what other agencies know");
        validation.Text(reason.CurrentPlan, "Reason.CurrentPlan", "the current risk management plan");
        if (level is ManagementLevel.Level2 or ManagementLevel.Level3)
            validation.Text(reason.WhyThisLevel, "Reason.WhyThisLevel", "why a lower level is not enough");
        else
            validation.OptionalText(reason.WhyThisLevel, "Reason.WhyThisLevel", "why a lower level is not enough");
    }

    private static void Safeguarding(Validation validation, ReferralSafeguarding safeguarding)
    {
        validation.OptionalText(safeguarding.Victims, "Safeguarding.Victims", "the victims");
        validation.OptionalText(safeguarding.VictimLiaisonContact, "Safeguarding.VictimLiaisonContact", "the victim liaison officer", Validation.MaxShortText);
        validation.OptionalText(safeguarding.Children, "Safeguarding.Children", "the children");
        validation.OptionalText(safeguarding.DomesticAbuseConference, "Safeguarding.DomesticAbuseConference", "the domestic abuse conference");
    }

    private static void Meeting(Validation validation, ReferralMeeting meeting)
    {
        validation.Require(
            meeting.AgenciesToInvite.All(id => Agencies.Find(id) is not null),
            "Meeting.AgenciesToInvite",
            "Select agencies from the list");
        validation.OptionalText(meeting.MediaInterest, "Meeting.MediaInterest", "the media interest");
        validation.OptionalText(meeting.ReferrerContact, "Meeting.ReferrerContact", "how to reach you", Validation.MaxShortText);
        validation.Text(meeting.CountersigningManager, "Meeting.CountersigningManager", "the name of the countersigning manager", Validation.MaxShortText);
    }
}
