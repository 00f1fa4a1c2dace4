using MappaFlows.Web.Tests.Cases;
using static MappaFlows.Web.Tests.Referrals.ReferralForms;

namespace MappaFlows.Web.Tests.Referrals;

/// <summary>From the first page of a referral to its confirmation.</summary>
[Collection(nameof(ReferralPages))]
public sealed class ReferralJourneyTests(ProductFactory product)
{
    [Fact]
    public async Task A_referral_goes_from_its_first_page_to_a_confirmation_with_its_reference()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var today = product.Today();
        var page = await riley.FollowAsync(await riley.SubmitAsync(await riley.ReadAsync("/referrals/new")));
        Assert.Equal("Area, category and level", page.Heading);
        Assert.Equal("hampshire", page.ValueOf("Input.Area"));

        page = await NextAsync(riley, page, ("Input.Category", "Category2"), ("Input.LevelSought", "Level2"), ("Input.LeadAgency", "probation"));
        Assert.Equal("The person", page.Heading);
        page = await NextAsync(
            riley,
            page,
            [("Input.GivenNames", "Sam"), ("Input.FamilyName", "Whole-Journey"), ("Input.Ethnicity", "Not known"), .. Day("DateOfBirth", new(1980, 3, 31))]);
        Assert.Equal("Identity numbers", page.Heading);
        page = await NextAsync(riley, page);
        page = await NextAsync(riley, page, ("Input.NoFixedAddress", "false"), ("Input.Current", "1 Sample Street\r\nSampleton"));
        page = await NextAsync(
            riley,
            page,
            ("Input.IndexOffence", "Wounding"),
            ("Input.Kind", "Schedule15"),
            ("Input.Disposal", "Imprisonment"),
            ("Input.SentenceMonths", "48"),
            ("Input.Summary", "Made up"));
        page = await NextAsync(riley, page, [.. Day("Sentence", today.AddYears(-1)), .. Day("SentenceExpiry", today.AddYears(3))]);
        page = await NextAsync(riley, page, ("Input.ToPublic", "High"));
        page = await NextAsync(riley, page, ("Input.BehaviourAndAttitudes", "Made up"), ("Input.CurrentPlan", "Made up"), ("Input.WhyThisLevel", "Made up"));
        page = await NextAsync(riley, page);
        page = await NextAsync(
            riley, page, ("Input.AgenciesToInvite", "housing-authority"), ("Input.AgenciesToInvite", "education"), ("Input.CountersigningManager", "Max Made-Up"));

        Assert.Equal("Check your answers before you send the referral", page.Heading);
        Assert.Empty(page.Document.QuerySelectorAll(".govuk-error-message"));
        Assert.Contains("Sampleton", page.Text);
        Assert.Contains("Education", page.Text);

        var confirmation = await riley.FollowAsync(await riley.SubmitAsync(page));
        var reference = confirmation.Document.QuerySelector("#reference")!.TextContent;
        Assert.Equal("Referral sent", confirmation.Heading);
        Assert.Contains("5 working days after the referral was received", confirmation.Text);
        Assert.True(CaseReference.TryParse(reference, out var sent));
        Assert.Equal("Whole-Journey", (await product.CaseAsync(sent)).Referral.Subject.FamilyName);
        Assert.Equal(["housing-authority", "education"], (await product.CaseAsync(sent)).Referral.Meeting.AgenciesToInvite);

        var mine = await riley.ReadAsync("/referrals");
        Assert.DoesNotContain("Whole-Journey", mine.Document.QuerySelector("[aria-label='Referrals not sent yet']")?.TextContent ?? "");
        Assert.Contains(reference, mine.Document.QuerySelector("[aria-label='Referrals sent']")!.TextContent);
    }
}
