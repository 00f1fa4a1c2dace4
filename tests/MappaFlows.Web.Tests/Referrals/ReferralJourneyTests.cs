using MappaFlows.Web.Tests.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Referrals;

public sealed class ReferralJourneyTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string Save = "continue";

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

    [Fact]
    public async Task A_form_that_begins_a_referral_begins_one_however_often_it_is_sent()
    {
        using var manager = await product.SignInAsync(DemoPeople.ProbationManager);
        var page = await manager.ReadAsync("/referrals/new");

        var first = await manager.SubmitAsync(page);
        var second = await manager.SubmitAsync(page);

        Assert.Equal(first.Location, second.Location);
        Assert.Single(await Drafts.ListAsync(DemoPeople.ProbationManager.Id));
    }

    [Fact]
    public async Task Each_problem_stands_beside_its_field_and_in_the_summary()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/placement"), ("Input.Area", "atlantis"), ("Input.Category", "Category3"), ("Input.LevelSought", "Level1"), ("Input.LeadAgency", null));

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Select the MAPPA area", "Category 3 can only be managed at level 2 or 3.", "Select the lead agency"], answer.Errors);
        Assert.Equal("Error: Select the MAPPA area", answer.Document.QuerySelector("#Input_Area-error")!.TextContent.Trim());
        Assert.Equal("Category3", answer.ValueOf("Input.Category"));
        Assert.Equal("#Input_LevelSought", answer.Document.QuerySelectorAll(".govuk-error-summary__list a")[1].GetAttribute("href"));
        Assert.StartsWith("Error: ", answer.Title);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_shown_again_and_all_the_rest_is_saved()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/subject"),
            ("Input.GivenNames", "Sam"),
            ("Input.DateOfBirth.Day", "31"),
            ("Input.DateOfBirth.Month", "2"),
            ("Input.DateOfBirth.Year", "1980"));

        Assert.Equal(422, answer.Status);
        Assert.Contains("Date of birth must be a real date", answer.Errors);
        Assert.Equal("31", answer.ValueOf("Input.DateOfBirth.Day"));
        Assert.Equal("Sam", answer.ValueOf("Input.GivenNames"));
        Assert.Equal("Sam", (await riley.ReadAsync($"/referrals/{draft.Id}/subject")).ValueOf("Input.GivenNames"));
    }

    [Fact]
    public async Task A_number_that_is_none_is_named_and_shown_again()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"),
            ("Input.Disposal", "Imprisonment"),
            ("Input.SentenceMonths", "two years"),
            ("Input.Kind", "Nonsense"));

        Assert.Equal(422, answer.Status);
        Assert.Contains(answer.Errors, error => error.StartsWith("Length in months", StringComparison.Ordinal));
        Assert.Equal("two years", answer.ValueOf("Input.SentenceMonths"));
    }

    [Fact]
    public async Task A_text_over_its_limit_is_refused_and_not_lost()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();
        var text = new string('x', 5000);

        var answer = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/reason"), ("Input.CurrentPlan", text));

        Assert.Equal(422, answer.Status);
        Assert.Contains("The current risk management plan must be 4,000 characters or fewer", answer.Errors);
        Assert.Equal(text, (await riley.ReadAsync($"/referrals/{draft.Id}/reason")).ValueOf("Input.CurrentPlan"));
    }

    [Fact]
    public async Task Save_and_come_back_later_asks_for_nothing_that_is_missing()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/subject"), ("Input.FamilyName", "Half-Done"), ("then", "leave"));

        Assert.Equal("/referrals", answer.Location);
        var mine = await riley.FollowAsync(answer);
        Assert.Contains("Half-Done", mine.Text);
        Assert.Equal("Half-Done", (await riley.ReadAsync($"/referrals/{draft.Id}/subject")).ValueOf("Input.FamilyName"));
    }

    [Fact]
    public async Task Coming_back_later_does_not_lose_a_date_that_cannot_be()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();

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
        var draft = await BeginAsync(Category.Category1);
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
        Assert.Equal(expected, (await Drafts.FindAsync(DemoPeople.Referrer.Id, draft.Id))!.Referral.Dates.NotificationEnd);
        Assert.Equal(303, (await riley.SubmitAsync(used)).Status);
    }

    [Fact]
    public async Task An_indefinite_notification_is_worked_out_as_no_end()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync(Category.Category1);
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/subject"), [.. Day("DateOfBirth", new(1980, 1, 1))]);
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.Disposal", "Imprisonment"), ("Input.SentenceMonths", "30"));
        var suggested = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/dates"), [.. Day("Sentence", product.Today().AddDays(-5))]);
        Assert.Contains("no end", suggested.Document.QuerySelector("#suggestion")!.TextContent);

        var used = await riley.SubmitAsync(suggested, ("then", "use"));

        Assert.Equal("true", used.ValueOf("Input.NotificationIndefinite"));
        Assert.Equal(303, (await riley.SubmitAsync(used)).Status);
    }

    [Fact]
    public async Task Sending_an_incomplete_referral_names_everything_that_is_missing_and_links_to_where_it_is_mended()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");
        Assert.Empty(check.Errors);

        var answer = await riley.SubmitAsync(check);

        Assert.Equal(422, answer.Status);
        Assert.Contains("Enter a family name", answer.Errors);
        Assert.Contains("Enter the name of the countersigning manager", answer.Errors);
        var shown = answer.Document.QuerySelectorAll("p.govuk-error-message");
        Assert.Equal(answer.Errors.Count, shown.Length);
        Assert.All(
            answer.Document.QuerySelectorAll(".govuk-error-summary__list a"),
            link => Assert.NotNull(answer.Document.QuerySelector(link.GetAttribute("href")!)));
        var mend = answer.Document.QuerySelector("#problem-Subject-FamilyName a")!.GetAttribute("href")!;
        Assert.Equal($"/referrals/{draft.Id}/subject?change=true#Input_FamilyName", mend);

        // A change leads back to where it was asked for.
        var changed = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/identifiers?change=true"), ("Input.Probation", "X123456"));
        Assert.Equal($"/referrals/{draft.Id}/check", changed.Location);
    }

    [Fact]
    public async Task A_referral_sent_twice_is_one_case_and_one_confirmation()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync(complete: true);
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        var first = await riley.SubmitAsync(check);
        var second = await riley.SubmitAsync(check);

        Assert.Equal(303, first.Status);
        Assert.Equal((303, first.Location), (second.Status, second.Location));
        Assert.Equal(CaseReference.For(DemoPeople.Referrer.Id, draft.Id).ToString(), first.Location!.Split('/')[^1]);
        Assert.Null(await Drafts.FindAsync(DemoPeople.Referrer.Id, draft.Id));

        // A page of the draft that was still open leads to the confirmation too.
        Assert.Equal(first.Location, (await riley.OpenAsync($"/referrals/{draft.Id}/subject")).Location);
        Assert.Single((await product.EventsAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).OfType<ReferralSubmitted>());
    }

    [Fact]
    public async Task Two_clicks_at_once_are_one_case()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync(complete: true);
        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => riley.SubmitAsync(check)));

        Assert.All(answers, answer => Assert.Equal((303, answers[0].Location), (answer.Status, answer.Location)));
        Assert.Single((await product.EventsAsync(CaseReference.For(DemoPeople.Referrer.Id, draft.Id))).OfType<ReferralSubmitted>());
    }

    [Fact]
    public async Task Only_its_owner_finds_a_draft()
    {
        var draft = await BeginAsync(complete: true);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/subject")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/check")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/remove")).Status);
        Assert.Equal(404, (await casey.OpenAsync("/referrals/not-an-id/check")).Status);
    }

    [Theory]
    [InlineData("lee-lay")]
    [InlineData("charlie-chair")]
    [InlineData("alex-admin")]
    public async Task Whoever_may_not_refer_is_told_so(string personId)
    {
        using var person = await product.SignInAsync(personId);

        Assert.Equal(403, (await person.OpenAsync("/referrals")).Status);
        Assert.Equal(403, (await person.OpenAsync("/referrals/new")).Status);
    }

    [Fact]
    public async Task A_draft_is_removed_only_after_asking()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();
        var page = await riley.ReadAsync($"/referrals/{draft.Id}/remove");
        Assert.NotNull(await Drafts.FindAsync(DemoPeople.Referrer.Id, draft.Id));

        Assert.Equal("/referrals", (await riley.SubmitAsync(page)).Location);

        Assert.Null(await Drafts.FindAsync(DemoPeople.Referrer.Id, draft.Id));
        Assert.Equal(404, (await riley.OpenAsync($"/referrals/{draft.Id}")).Status);
    }

    [Fact]
    public async Task The_task_list_says_which_parts_are_complete()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync();
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/placement"), ("Input.Category", "Category2"), ("Input.LevelSought", "Level2"), ("Input.LeadAgency", "probation"));
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/subject"), ("Input.GivenNames", "Sam"));

        var list = await riley.ReadAsync($"/referrals/{draft.Id}");

        string Status(string slug) => list.Document.QuerySelector($"#task-{slug}")!.TextContent.Trim();
        Assert.Equal(
            ["Completed", "Not complete", "Optional", "Not started"],
            new[] { "placement", "subject", "identifiers", "addresses" }.Select(Status));
    }

    [Fact]
    public async Task What_is_typed_is_text_and_never_markup()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await BeginAsync(complete: true, familyName: "<script>alert(1)</script>");

        var check = await riley.ReadAsync($"/referrals/{draft.Id}/check");

        Assert.Contains("<script>alert(1)</script>", check.Text);
        Assert.Empty(check.Document.QuerySelectorAll("main script"));
    }

    private ReferralDrafts Drafts => product.Services.GetRequiredService<ReferralDrafts>();

    private async Task<ReferralDraft> BeginAsync(Category category = Category.Category2, bool complete = false, string familyName = "Sample")
    {
        var referral = SampleReferral.Complete(product.Today(), familyName, category);
        return await Drafts.BeginAsync(
            DemoPeople.Referrer.Id,
            complete ? referral : new() { Placement = referral.Placement });
    }

    private static async Task<BrowserPage> NextAsync(Browser browser, BrowserPage page, params (string Name, string? Value)[] answers) =>
        await browser.FollowAsync(await browser.SubmitAsync(page, [.. answers, ("then", Save)]));

    private static (string Name, string? Value)[] Day(string field, DateOnly day) =>
    [
        ($"Input.{field}.Day", $"{day.Day}"),
        ($"Input.{field}.Month", $"{day.Month}"),
        ($"Input.{field}.Year", $"{day.Year:0000}"),
    ];

    private static int Part(BrowserPage page, string part) =>
        int.Parse(page.ValueOf($"Input.NotificationEnd.{part}")!, System.Globalization.CultureInfo.InvariantCulture);
}
