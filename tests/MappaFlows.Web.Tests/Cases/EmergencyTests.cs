namespace MappaFlows.Web.Tests.Cases;

/// <summary>An emergency is seen as one wherever it is looked at.</summary>
public sealed class EmergencyTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Reason = "Release tomorrow, threats to the former partner.";

    [Fact]
    public async Task An_emergency_is_marked_and_first_on_the_start_page_and_in_the_caseload()
    {
        await product.ReferAsync();
        var emergency = await product.ReferAsync(Emergency());
        await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var start = await casey.ReadAsync("/");
        var caseload = await casey.ReadAsync("/caseload");

        var part = start.Document.QuerySelectorAll("table:has([data-label='What to do']) tbody")
            .First(body => body.TextContent.Contains($"{emergency}", StringComparison.Ordinal));
        AssertFirst(part.QuerySelectorAll("tr"));
        AssertFirst(caseload.Document.QuerySelectorAll("table.app-stack tbody tr"));

        // Another test of this class may have made an emergency too, so ours need not be the very first.
        void AssertFirst(IEnumerable<AngleSharp.Dom.IElement> rows)
        {
            var marked = rows.TakeWhile(IsMarked).ToList();
            Assert.Contains(marked, row => row.TextContent.Contains($"{emergency}", StringComparison.Ordinal));
            Assert.DoesNotContain(rows.Skip(marked.Count), IsMarked);
        }

        static bool IsMarked(AngleSharp.Dom.IElement row) =>
            row.QuerySelectorAll(".govuk-tag--red").Any(tag => tag.TextContent == "Emergency");
    }

    [Fact]
    public async Task The_screening_of_an_emergency_has_a_clock_of_its_own_and_its_reason_at_the_top()
    {
        var emergency = await product.ReferAsync(Emergency());
        var ordinary = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{emergency}/screening");

        Assert.True(page.Text.IndexOf(Reason, StringComparison.Ordinal) < page.Text.IndexOf("Decide by the end of", StringComparison.Ordinal));
        Assert.Contains("1 working day after the referral was received", page.Text);
        Assert.Contains("Emergency", CaseBannerTests.Banner(page));
        var other = await casey.ReadAsync($"/cases/{ordinary}/screening");
        Assert.Contains("5 working days after the referral was received", other.Text);
        Assert.Null(other.Document.QuerySelector("#emergency-reason"));
    }

    [Fact]
    public async Task Whoever_sends_an_emergency_is_asked_to_phone_as_well()
    {
        var emergency = await product.ReferAsync(Emergency());
        var ordinary = await product.ReferAsync();
        using var riley = await product.SignInAsync(DemoPeople.Referrer);

        Assert.Contains("phone the MAPPA coordinator of Hampshire", (await riley.ReadAsync($"/referrals/sent/{emergency}")).Text);
        Assert.DoesNotContain("phone the MAPPA coordinator", (await riley.ReadAsync($"/referrals/sent/{ordinary}")).Text);
    }

    [Fact]
    public async Task A_case_is_an_emergency_until_its_first_level_3_meeting_is_recorded_and_only_at_level_3()
    {
        var emergency = await product.ReferAsync(Emergency());
        await product.GiveAsync(DemoPeople.Coordinator, emergency,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level3, Reasons = "Yes." });
        var lower = await product.ReferAsync(Emergency());
        await product.GiveAsync(DemoPeople.Coordinator, lower,
            new DecideScreening { Outcome = ScreeningOutcome.Accept, Level = ManagementLevel.Level2, Reasons = "Yes." });

        Assert.True((await product.CaseAsync(emergency)).IsEmergency);
        Assert.False((await product.CaseAsync(lower)).IsEmergency);
    }

    [Fact]
    public void A_reason_for_a_meeting_at_once_is_for_level_3_only()
    {
        var referral = Emergency();
        var second = referral with { Placement = referral.Placement with { LevelSought = ManagementLevel.Level2 } };

        var problem = Assert.Single(ReferralRules.Check(second, product.Today()), problem => problem.Field == "Placement.EmergencyReason");
        Assert.Equal("Delete this reason, or select level 3: only a level 3 meeting is held at once", problem.Message);
        Assert.Empty(ReferralRules.Check(referral, product.Today()));
    }

    private Referral Emergency()
    {
        var referral = SampleReferrals.Of(product.Today());
        return referral with { Placement = referral.Placement with { LevelSought = ManagementLevel.Level3, EmergencyReason = Reason } };
    }
}
