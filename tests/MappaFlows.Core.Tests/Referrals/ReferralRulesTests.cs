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
