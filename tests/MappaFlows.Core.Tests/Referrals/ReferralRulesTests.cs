namespace MappaFlows.Core.Tests.Referrals;

public sealed class ReferralRulesTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    private static readonly Referral Good = SampleReferrals.Category2();

    [Fact]
    public void A_complete_referral_has_no_problem() => Assert.Empty(ReferralRules.Check(Good, Today));

    [Theory]
    [InlineData("Zebedee", null)]
    [InlineData(null, "Quillfeather")]
    public void One_name_is_enough(string? given, string? family)
    {
        var referral = Good with { Subject = Good.Subject with { GivenNames = given, FamilyName = family } };

        Assert.Empty(ReferralRules.Check(referral, Today));
        Assert.Equal(given ?? family, referral.Subject.FullName());
    }

    [Fact]
    public void A_name_that_nobody_can_see_is_none()
    {
        var problem = Assert.Single(
            ReferralRules.Check(Good with { Subject = Good.Subject with { GivenNames = "\u200B", FamilyName = "\u3164" } }, Today));

        Assert.Equal(new("Subject.FamilyName", "Enter a name: a family name, given names or both"), problem);
    }

    [Theory]
    [InlineData("Dates.Sentence", "0226-03-15", "The date of the sentence or caution must have a year from 1900: it has 0226")]
    [InlineData("Dates.Sentence", "1985-03-15", "The date of the sentence or caution must be after the person was 10: the date of birth is 29 February 1980")]
    [InlineData("Dates.Release", "2031-03-15", "The sentence expiry date must not be before the release date, 15 March 2031")]
    [InlineData("Dates.LicenceEnd", "2027-01-01", "The end of licence must not be before the release date, 1 February 2027")]
    [InlineData("Dates.LicenceEnd", "2226-01-01", "The end of licence must be within 100 years")]
    [InlineData("Dates.Tribunal", "2040-01-01", "The date of the tribunal must be within 10 years")]
    [InlineData("Dates.Tribunal", "2020-01-01", "The date of the tribunal must not be before the date of the sentence, 15 March 2026")]
    [InlineData("Risk.AssessedOn", "1979-01-01", "The date of the assessment must be after the person was 10: the date of birth is 29 February 1980")]
    public void A_date_that_cannot_be_is_refused_in_words(string field, string day, string message)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var dates = Good.Dates with { Release = new(2027, 2, 1) };
        var referral = field switch
        {
            "Dates.Sentence" => Good with { Dates = dates with { Sentence = date } },
            "Dates.Release" => Good with { Dates = dates with { Release = date } },
            "Dates.LicenceEnd" => Good with { Dates = dates with { LicenceEnd = date } },
            "Dates.Tribunal" => Good with { Dates = dates with { Tribunal = date } },
            _ => Good with { Risk = Good.Risk with { AssessedOn = date } },
        };

        var said = ReferralRules.Check(referral, Today).Where(problem => problem.Field == (field == "Dates.Release" ? "Dates.SentenceExpiry" : field));
        Assert.Equal(message, Assert.Single(said).Message);
    }

    [Theory]
    [InlineData(Disposal.Imprisonment, 24)]
    [InlineData(Disposal.ConditionalDischarge, 24)]
    [InlineData(Disposal.Caution, null)]
    [InlineData(Disposal.LifeOrPublicProtection, null)]
    public void Length_stays_only_with_a_sentence_that_has_one(Disposal disposal, int? months)
    {
        var referral = Good with { Offence = Good.Offence with { Disposal = disposal, SentenceMonths = 24 } };

        Assert.Equal(months, ReferralRules.Settle(referral, Today).Offence.SentenceMonths);
    }

    [Theory]
    [InlineData(2, 6, null, null, "2 years and 6 months")]
    [InlineData(null, null, 60, null, "60 weeks")]
    [InlineData(1, null, null, 1, "1 year and 1 day")]
    public void A_sentence_is_as_long_as_the_court_said(int? years, int? months, int? weeks, int? days, string length)
    {
        var offence = Good.Offence with { SentenceYears = years, SentenceMonths = months, SentenceWeeks = weeks, SentenceDays = days };

        Assert.Empty(ReferralRules.Check(Good with { Offence = offence }, Today));
        Assert.Equal(length, offence.Length().ToString());
    }

    [Theory]
    [InlineData(Disposal.Imprisonment, null, null, "Enter the length of the sentence, for example 2 years, or 27 weeks")]
    [InlineData(Disposal.Imprisonment, 0, null, "The length of the sentence must be from 1 day to 100 years")]
    [InlineData(Disposal.Imprisonment, 101, null, "The length of the sentence must be from 1 day to 100 years")]
    [InlineData(Disposal.Imprisonment, int.MaxValue, int.MaxValue, "The length of the sentence must be from 1 day to 100 years")]
    [InlineData(Disposal.Imprisonment, 3, -1, "The length of the sentence must be from 1 day to 100 years")]
    [InlineData(Disposal.ConditionalDischarge, 3, 1, "A conditional discharge lasts 3 years or less")]
    public void A_length_that_cannot_be_is_refused_in_words(Disposal disposal, int? years, int? weeks, string message)
    {
        var offence = Good.Offence with { Disposal = disposal, SentenceYears = years, SentenceMonths = null, SentenceWeeks = weeks };

        var said = ReferralRules.Check(Good with { Offence = offence }, Today).Where(problem => problem.Field == "Offence.SentenceYears");

        Assert.Equal(message, Assert.Single(said).Message);
    }

    [Fact]
    public void Category_2_needs_twelve_months_in_whatever_words_the_court_chose()
    {
        Assert.Contains("Offence.Disposal", Fields(weeks: 52));
        Assert.DoesNotContain("Offence.Disposal", Fields(weeks: 53));

        IEnumerable<string> Fields(int weeks) => ReferralRules
            .Check(Good with { Offence = Good.Offence with { SentenceMonths = null, SentenceWeeks = weeks } }, Today)
            .Select(problem => problem.Field);
    }

    [Theory]
    [InlineData(Disposal.LifeOrPublicProtection)]
    [InlineData(Disposal.HospitalOrderWithRestriction)]
    [InlineData(Disposal.HospitalOrder)]
    [InlineData(Disposal.GuardianshipOrder)]
    public void A_sentence_or_order_that_lasts_until_someone_ends_it_needs_no_date(Disposal disposal)
    {
        var referral = Good with
        {
            Offence = Good.Offence with { Disposal = disposal },
            Dates = Good.Dates with { SentenceExpiry = null, SentenceIndefinite = true },
        };

        Assert.Empty(ReferralRules.Check(referral, Today));
        Assert.Equal(
            ["Enter the sentence expiry date, or select that the sentence or order has no end: Category 2 ends with it"],
            Messages(referral with { Dates = referral.Dates with { SentenceIndefinite = null } }));
        Assert.Equal(
            ["Enter the sentence expiry date, or select that there is no end, not both"],
            Messages(referral with { Dates = referral.Dates with { SentenceExpiry = new(2031, 3, 14) } }));
    }

    [Fact]
    public void A_sentence_with_a_length_has_an_end() => Assert.Equal(
        ["Only a life sentence, or a hospital or guardianship order, has no end: the offence says how it was dealt with"],
        Messages(Good with { Dates = Good.Dates with { SentenceExpiry = null, SentenceIndefinite = true } }));

    [Theory]
    [InlineData("2026-03-16", "The date of conviction must not be after the date of the sentence or caution")]
    [InlineData("0226-03-15", "The date of conviction must have a year from 1900: it has 0226")]
    [InlineData("1985-03-15", "The date of conviction must be after the person was 10: the date of birth is 29 February 1980")]
    public void A_conviction_comes_before_its_sentence(string day, string message) =>
        Assert.Equal([message], Messages(Good with { Dates = Good.Dates with { Conviction = DateOnly.Parse(day) } }));

    private static IEnumerable<string> Messages(Referral referral) =>
        ReferralRules.Check(referral, Today).Where(problem => problem.Field.StartsWith("Dates.")).Select(problem => problem.Message);

    [Fact]
    public void Answers_of_an_address_not_chosen_do_not_stay()
    {
        var both = new ReferralAddresses { NoFixedAddress = true, Current = "1 A Street", ClosestLinks = "Testham", ReleaseAddressApproved = true };

        var settled = ReferralRules.Settle(Good with { Addresses = both }, Today).Addresses;

        Assert.Equal(new ReferralAddresses { NoFixedAddress = true, ClosestLinks = "Testham" }, settled);
    }

    [Theory]
    [InlineData("2002/0123456W")]
    [InlineData("02/123456W")]
    [InlineData(" 02/123456w ")]
    [InlineData("2002/123456W")]
    [InlineData("020123456W")]
    public void The_same_police_number_in_any_spelling_is_stored_the_same(string typed)
    {
        var referral = Good with { Identifiers = new() { PoliceNationalComputer = typed } };

        Assert.Empty(ReferralRules.Check(referral, Today));
        Assert.Equal("2002/0123456W", ReferralRules.Settle(referral, Today).Identifiers.PoliceNationalComputer);
    }

    [Fact]
    public void A_year_of_two_digits_is_not_to_come() => Assert.Equal("1979/0123456B", Identifiers.Police("79/123456B", Today));

    [Theory]
    [InlineData("PoliceNationalComputer", "abc")]
    [InlineData("PoliceNationalComputer", "02/123456")]
    [InlineData("PoliceNationalComputer", "2027/123456W")]
    [InlineData("PoliceNationalComputer", "02/123456X")]
    [InlineData("PoliceNationalComputer", "02/0W")]
    [InlineData("Probation", "foo")]
    [InlineData("Probation", "X12345")]
    [InlineData("Database", "no number")]
    public void A_number_that_cannot_be_is_refused_beside_its_field(string field, string typed)
    {
        var numbers = field switch
        {
            "PoliceNationalComputer" => new ReferralIdentifiers { PoliceNationalComputer = typed },
            "Probation" => new ReferralIdentifiers { Probation = typed },
            _ => new ReferralIdentifiers { Database = typed },
        };

        Assert.Equal($"Identifiers.{field}", Assert.Single(ReferralRules.Check(Good with { Identifiers = numbers }, Today)).Field);
    }
}
