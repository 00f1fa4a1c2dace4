using MappaFlows.Web.Tests.Cases;
using static MappaFlows.Web.Tests.Referrals.ReferralForms;

namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Dates, and the end of notification that is worked out.</summary>
[Collection(nameof(ReferralPages))]
public sealed class DatesTests(ProductFactory product)
{
    [Fact]
    public async Task Save_and_return_keeps_an_invalid_date()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/dates"), ("Input.Sentence.Day", "99"), ("Input.Sentence.Month", "1"), ("Input.Sentence.Year", "2020"), ("then", "leave"));

        Assert.Equal(422, answer.Status);
        Assert.Contains("Date of the sentence or caution must be a real date", answer.Errors);
        Assert.Equal("99", answer.ValueOf("Input.Sentence.Day"));
    }

    [Theory]
    [InlineData("Imprisonment", "24", 1980, "120 months|10 years", 10)]
    [InlineData("Imprisonment", "6", 1980, "7 years", 7)]
    [InlineData("Caution", "", 1980, "2 years", 2)]
    [InlineData("Other", "", 1980, "5 years", 5)]
    public async Task For_Category_1_the_end_of_notification_is_worked_out_and_can_be_used(
        string disposal, string months, int born, string length, int years)
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var sentenced = product.Today().AddMonths(-3);
        var draft = await product.BeginAsync(Category.Category1);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/subject"), [("Input.GivenNames", "Sam"), .. Day("DateOfBirth", new(born, 1, 1))]);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", disposal), ("Input.SentenceMonths", months));

        var suggested = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/dates"), [.. Day("Sentence", sentenced)]);
        var expected = sentenced.AddYears(years).AddDays(-1);
        Assert.Equal(422, suggested.Status);
        var suggestion = suggested.Document.QuerySelector("#suggestion")!.TextContent;
        Assert.Contains(length.Split('|'), suggestion.Contains);
        Assert.Contains("Sexual Offences Act 2003", suggestion);

        var used = await riley.SubmitAsync(suggested, ("then", "use"));

        Assert.Equal(200, used.Status);
        Assert.Equal(
            (expected.Day, expected.Month, expected.Year),
            (Part(used, "Day"), Part(used, "Month"), Part(used, "Year")));
        Assert.Null(used.Document.QuerySelector("#suggestion"));
        Assert.Equal(expected, (await product.Drafts().FindAsync(DemoPeople.Referrer.Id, draft.Id))!.Referral.Dates.NotificationEnd);
        Assert.Equal(303, (await riley.SubmitAsync(used)).Status);
    }

    [Fact]
    public async Task Notification_is_counted_from_the_conviction_and_by_the_age_on_that_day()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var (born, convicted, sentenced) = (new DateOnly(2008, 3, 10), new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 20));
        var draft = await product.BeginAsync(Category.Category1);
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/subject"), [.. Day("DateOfBirth", born)]);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", "Imprisonment"), ("Input.SentenceMonths", "24"));

        var suggested = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/dates"), [.. Day("Sentence", sentenced), .. Day("Conviction", convicted)]);
        var used = await riley.SubmitAsync(suggested, ("then", "use"));

        Assert.Equal((31, 1, 2031), (Part(used, "Day"), Part(used, "Month"), Part(used, "Year")));
        Assert.DoesNotContain("enter its date above", suggested.Text);
    }

    [Fact]
    public async Task A_life_sentence_in_Category_2_needs_no_expiry_date()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", nameof(Disposal.LifeOrPublicProtection)));

        var saved = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/dates"),
            ("Input.SentenceExpiry.Day", ""),
            ("Input.SentenceExpiry.Month", ""),
            ("Input.SentenceExpiry.Year", ""),
            ("Input.SentenceIndefinite", "true"));

        Assert.Equal(303, saved.Status);
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");
        Assert.Equal(303, (await riley.SubmitAsync(check)).Status);
        Assert.True((await product.CaseAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).Referral.Dates.SentenceIndefinite);
    }

    [Fact]
    public async Task An_absolute_discharge_makes_no_notification_and_the_page_says_so()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(Category.Category1, complete: true);
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", nameof(Disposal.AbsoluteDischarge)));

        var page = await riley.ReadAsync($"/referrals/{draft.Id}/dates");

        Assert.Null(page.Document.QuerySelector("#suggestion"));
        Assert.Contains("An absolute discharge after a conviction makes no requirement", page.Text);
    }

    [Fact]
    public async Task An_indefinite_notification_is_worked_out_as_no_end()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(Category.Category1);
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/subject"), [.. Day("DateOfBirth", new(1980, 1, 1))]);
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", "Imprisonment"), ("Input.SentenceMonths", "30"));
        var suggested = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/dates"), [.. Day("Sentence", product.Today().AddDays(-5))]);
        Assert.Contains("no end", suggested.Document.QuerySelector("#suggestion")!.TextContent);

        var used = await riley.SubmitAsync(suggested, ("then", "use"));

        Assert.Equal("true", used.ValueOf("Input.NotificationIndefinite"));
        Assert.Equal(303, (await riley.SubmitAsync(used)).Status);
    }
}
