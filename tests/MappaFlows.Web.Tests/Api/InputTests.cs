using MappaFlows.Web.Tests.Cases;

namespace MappaFlows.Web.Tests.Api;

/// <summary>The rules for texts, dates and numbers hold for programs as they do on pages.</summary>
public sealed class InputTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Coordinator = "casey-coordinator";
    private readonly ApiClient _api = new(product);

    [Fact]
    public async Task Dates_and_names_that_cannot_be_are_refused_beside_their_fields()
    {
        var good = _api.Referral();
        var answer = await _api.PostAsync(
            "riley-referrer",
            "/referrals",
            good with
            {
                Subject = good.Subject with { GivenNames = "Sam\u202E", FamilyName = "\u200B" },
                Identifiers = new() { PoliceNationalComputer = "abc", Probation = "foo" },
                Dates = good.Dates with { Sentence = new(226, 3, 15), Release = good.Dates.SentenceExpiry!.Value.AddDays(1) },
            },
            "cannot-be");

        answer.IsProblem(422);
        Assert.Equal("Given names must not contain characters that change the direction of text", answer.Error("subject.givenNames"));
        Assert.StartsWith("The Police National Computer id must be", answer.Error("identifiers.policeNationalComputer"), StringComparison.Ordinal);
        Assert.StartsWith("The probation number must be", answer.Error("identifiers.probation"), StringComparison.Ordinal);
        Assert.StartsWith("The date of the sentence or caution must have a year", answer.Error("dates.sentence"), StringComparison.Ordinal);
        Assert.StartsWith("The sentence expiry date must not be before", answer.Error("dates.sentenceExpiry"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_name_and_one_spelling_of_a_number_are_stored()
    {
        var good = _api.Referral();
        var reference = await _api.ReferAsync(good with
        {
            Subject = good.Subject with { GivenNames = null, FamilyName = " Sukarno\u200B" },
            Identifiers = new() { PoliceNationalComputer = "02/123456w" },
            Addresses = new() { NoFixedAddress = false, Current = "1 A Street\r\nTestham", ClosestLinks = "Elsewhere" },
        });

        var referral = (await product.CaseAsync(CaseReference.Parse(reference))).Referral;
        Assert.Equal(
            new ReferralSubject { FamilyName = "Sukarno", DateOfBirth = good.Subject.DateOfBirth, Ethnicity = good.Subject.Ethnicity },
            referral.Subject);
        Assert.Equal("2002/0123456W", referral.Identifiers.PoliceNationalComputer);
        Assert.Equal(("1 A Street\nTestham", null), (referral.Addresses.Current, referral.Addresses.ClosestLinks));
    }

    [Fact]
    public async Task A_lay_adviser_makes_no_disclosure()
    {
        var reference = await _api.ManageAsync();
        var content = SampleDisclosures.Content() with { DiscloserId = SamplePeople.LayAdviser.Id };

        var answer = await _api.PostAsync(Coordinator, $"/cases/{reference}/disclosures", new { content });

        Assert.Equal("Select who will make the disclosure", answer.IsProblem(422).Error("content.discloserId"));
    }
}
