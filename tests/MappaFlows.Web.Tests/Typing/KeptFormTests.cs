using MappaFlows.Web.Tests.Meetings;
using MappaFlows.Web.Tests.Referrals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Typing;

/// <summary>Two tabs, true tickets and false ones, and what a form that comes back looks like.</summary>
public sealed class KeptFormTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private TypedForms Typed => product.Services.GetRequiredService<TypedForms>();

    [Fact]
    public async Task Two_tabs_of_one_form_keep_each_their_own_text()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/disclosures/new";
        var (one, two) = (await casey.ReadAsync(path), await casey.ReadAsync(path));

        await KeepAsync(casey, one, ("Input.Information", "From the first tab"));
        await KeepAsync(casey, two, ("Input.Information", "From the second tab"));
        await KeepAsync(casey, one, ("Input.Information", "From the first tab, more"));
        var page = await casey.ReadAsync(path);

        Assert.Equal("From the first tab, more", page.ValueOf("Input.Information"));
        Assert.Contains("From the second tab", page.Document.QuerySelector("#typed-before details")!.TextContent);
    }

    [Fact]
    public async Task A_form_that_was_filled_in_again_goes_on_with_what_was_kept()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/disclosures/new";
        await KeepAsync(casey, await casey.ReadAsync(path), ("Input.Information", "Begun"));

        await KeepAsync(casey, await casey.ReadAsync(path), ("Input.Information", "Begun and gone on with"));
        var page = await casey.ReadAsync(path);

        Assert.Equal("Begun and gone on with", page.ValueOf("Input.Information"));
        Assert.Null(page.Document.QuerySelector("#typed-before details"));
        Assert.Matches(@"This is what you typed at \d+(:\d\d)?[ap]m\. It was not recorded\.", page.Document.QuerySelector("#typed-before")!.TextContent);
    }

    [Fact]
    public async Task A_later_save_of_a_part_of_a_draft_shows_both_and_replaces_nothing_unseen()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var path = $"/referrals/{draft.Id}/safeguarding";
        var (one, two) = (await riley.ReadAsync(path), await riley.ReadAsync(path));
        await riley.SubmitAsync(two, ("Input.Victims", "Of the second tab"));

        var both = await riley.SubmitAsync(one, ("Input.Children", "Of the first tab"));

        Assert.Equal(409, both.Status);
        Assert.StartsWith("You have this page open twice: it was changed on ", Assert.Single(both.Errors), StringComparison.Ordinal);
        Assert.Equal("Of the first tab", both.ValueOf("Input.Children"));
        Assert.Contains("Of the second tab", both.Document.QuerySelector("#saved-meanwhile")!.TextContent);
        Assert.Equal("Of the second tab", (await SavedAsync(draft)).Safeguarding.Victims);

        var mine = await riley.SubmitAsync(both, ("Input.Victims", "Of both tabs"));

        Assert.Equal(303, mine.Status);
        Assert.Equal(("Of both tabs", "Of the first tab"), ((await SavedAsync(draft)).Safeguarding.Victims, (await SavedAsync(draft)).Safeguarding.Children));
    }

    [Fact]
    public async Task What_is_saved_can_be_kept_instead()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var path = $"/referrals/{draft.Id}/safeguarding";
        var (one, two) = (await riley.ReadAsync(path), await riley.ReadAsync(path));
        await riley.SubmitAsync(two, ("Input.Victims", "Of the second tab"));
        var both = await riley.SubmitAsync(one, ("Input.Victims", "Of the first tab"));

        var page = await riley.FollowAsync(await riley.SubmitAsync(both, "#empty-form"));

        Assert.Equal("Of the second tab", page.ValueOf("Input.Victims"));
        Assert.Null(page.Document.QuerySelector("#typed-before"));
    }

    [Fact]
    public async Task Two_parts_that_are_saved_at_the_same_time_are_both_saved()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var victims = await riley.ReadAsync($"/referrals/{draft.Id}/safeguarding");
        var reason = await riley.ReadAsync($"/referrals/{draft.Id}/reason");

        await Task.WhenAll(
            riley.SubmitAsync(victims, ("Input.Victims", "A neighbour")),
            riley.SubmitAsync(reason, ("Input.CurrentPlan", "Weekly visits")));

        var saved = await SavedAsync(draft);
        Assert.Equal(("A neighbour", "Weekly visits"), (saved.Safeguarding.Victims, saved.Reason.CurrentPlan));
    }

    [Fact]
    public async Task A_wrong_date_leaves_the_saved_one_and_comes_back_itself()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var path = $"/referrals/{draft.Id}/subject";
        (string, string?)[] names = [("Input.GivenNames", "Sam"), ("Input.FamilyName", "Made-Up")];
        await riley.SubmitAsync(await riley.ReadAsync(path), [.. names, .. ManagedCase.Fields("Input.DateOfBirth", new(1984, 5, 17))]);

        var wrong = await riley.SubmitAsync(await riley.ReadAsync(path), ("Input.DateOfBirth.Day", "31"), ("Input.DateOfBirth.Month", "2"));

        Assert.Equal(422, wrong.Status);
        Assert.Equal(new DateOnly(1984, 5, 17), (await SavedAsync(draft)).Subject.DateOfBirth);
        var back = await riley.ReadAsync(path);
        Assert.Equal(("31", "2", "1984"), (back.ValueOf("Input.DateOfBirth.Day"), back.ValueOf("Input.DateOfBirth.Month"), back.ValueOf("Input.DateOfBirth.Year")));
        var right = await riley.SubmitAsync(back, ("Input.DateOfBirth.Day", "28"));
        Assert.Equal(422, right.Status);
        Assert.Equal(new DateOnly(1984, 2, 28), (await SavedAsync(draft)).Subject.DateOfBirth);
    }

    [Fact]
    public async Task A_part_that_is_saved_but_not_complete_is_not_called_unrecorded()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var path = $"/referrals/{draft.Id}/subject";

        Assert.Equal(422, (await riley.SubmitAsync(await riley.ReadAsync(path), ("Input.FamilyName", "Made-Up"))).Status);

        var page = await riley.ReadAsync(path);
        Assert.Equal("Made-Up", page.ValueOf("Input.FamilyName"));
        Assert.Null(page.Document.QuerySelector("#typed-before"));
    }

    [Fact]
    public async Task A_post_whose_antiforgery_cookie_is_gone_is_kept()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/disclosures/new";

        var sent = await casey.SubmitAsync(await casey.ReadAsync(path), ("Input.Information", "Half a page"), ("__RequestVerificationToken", null));

        Assert.Equal(400, sent.Status);
        Assert.Contains("Half a page", sent.Document.QuerySelector("#not-recorded")!.TextContent);
        Assert.Equal("Half a page", (await casey.ReadAsync(path)).ValueOf("Input.Information"));
    }

    [Fact]
    public async Task A_stranger_without_a_true_ticket_writes_nothing()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/disclosures/new";
        var page = await casey.ReadAsync(path);
        var other = await casey.ReadAsync($"{state.Path}/meetings/new");
        using var stranger = product.NewBrowser();

        var forged = product.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("another").ToTimeLimitedDataProtector()
            .Protect("{}", TimeSpan.FromDays(1));
        foreach (var ticket in new[] { "", "nonsense", forged, other.ValueOf("__form") })
        {
            var sent = await stranger.SubmitAsync(page, ("Input.Information", "From a stranger"), ("__keep", "1"), ("__form", ticket));
            Assert.Equal(302, sent.Status);
        }

        Assert.Null((await casey.ReadAsync(path)).Document.QuerySelector("#typed-before"));
    }

    [Fact]
    public async Task Two_buttons_of_one_person_do_not_reach_another_persons_text()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/disclosures/new";
        await KeepAsync(casey, await casey.ReadAsync(path), ("Input.Information", "Casey’s"));
        var mine = await casey.ReadAsync(path);
        using var charlie = await product.SignInAsync(DemoPeople.Chair);

        Assert.Equal(403, (await charlie.SubmitAsync(mine, "#empty-form")).Status);
        Assert.DoesNotContain("Casey’s", (await charlie.OpenAsync(path)).Html);
        Assert.Equal("Casey’s", (await casey.ReadAsync(path)).ValueOf("Input.Information"));
    }

    [Fact]
    public async Task That_something_was_read_has_to_be_confirmed_again()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var path = $"{state.Path}/disclosures/1";
        await KeepAsync(chair, await chair.ReadAsync(path), ("Input.Reasons", "Needed."), ("Input.Read", "true"), ("Input.Outcome", "Approved"));

        var page = await chair.ReadAsync(path);

        Assert.Equal(("Needed.", "Approved", null), (page.ValueOf("Input.Reasons"), page.ValueOf("Input.Outcome"), page.ValueOf("Input.Read")));
        Assert.Equal(SampleDisclosures.Content().Hash(), page.ValueOf("Input.ContentHash"));
    }

    [Fact]
    public async Task A_check_page_is_read_again_and_gone_back_from_without_sending_anything()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var path = $"{state.Path}/exit";
        (string, string?)[] typed = [.. ManagedCase.Fields("Input.LastDay", LondonTime.Today(product.Now)), ("Input.Reason", "Death"), ("Input.Reasons", "Seen.")];

        var check = await chair.SubmitAsync(await chair.ReadAsync(path), typed);
        Assert.StartsWith($"{path}?check=", check.Path, StringComparison.Ordinal);
        Assert.Equal("Check before you close the case", (await chair.ReadAsync(check.Path)).Heading);
        var back = await chair.ReadAsync(path);
        Assert.Equal(("Death", "Seen."), (back.ValueOf("Input.Reason"), back.ValueOf("Input.Reasons")));
        using var other = await product.SignInAsync(DemoPeople.Coordinator);
        Assert.DoesNotContain("Seen.", (await other.OpenAsync(check.Path)).Html);
        Assert.Empty((await state.EventsAsync()).OfType<CaseClosed>());

        Assert.Equal(303, (await chair.SubmitAsync(check)).Status);
        Assert.Single((await state.EventsAsync()).OfType<CaseClosed>());
        Assert.Equal((303, path), ((await chair.OpenAsync(check.Path)).Status, (await chair.OpenAsync(check.Path)).Location));
    }

    [Fact]
    public async Task A_check_page_of_a_case_that_has_moved_on_says_so()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        (string, string?)[] typed = [.. ManagedCase.Fields("Input.LastDay", LondonTime.Today(product.Now)), ("Input.Reason", "Death"), ("Input.Reasons", "Seen twice.")];
        var check = await chair.SubmitAsync(await chair.ReadAsync($"{state.Path}/exit"), typed);
        await state.DoAsync(DemoPeople.Chair,
            new DecideExit { Reason = ExitReason.Death, LastDay = LondonTime.Today(product.Now), Reasons = "Seen." });

        var late = await chair.ReadAsync(check.Path);

        Assert.Contains("The case is closed already.", late.Text);
        Assert.Contains("Seen twice.", late.Document.QuerySelector("#not-recorded")!.TextContent);
    }

    [Fact]
    public async Task A_decision_that_is_added_gets_the_focus()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ScheduleMeeting { StartsAt = product.Now, Minutes = 60, Place = "Room 1" });
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync($"{state.Path}/meetings/1/record");
        Assert.Null(page.Document.QuerySelector("[autofocus]"));

        var added = await chair.SubmitAsync(page, ("Input.Decisions[0].Decision", "First"), ("Edit", "add"));
        var removed = await chair.SubmitAsync(added, ("Edit", "remove-0"));

        Assert.Equal("Decision 2", added.Document.QuerySelector("fieldset[autofocus][tabindex='-1'] legend")!.TextContent);
        Assert.Equal("Decisions", removed.Document.QuerySelector("h2[autofocus][tabindex='-1']")!.TextContent);
    }

    [Fact]
    public async Task Nothing_typed_stands_in_the_address_of_a_form()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var page = await casey.ReadAsync($"{state.Path}/disclosures/new");
        await KeepAsync(casey, page, ("Input.Information", "Zebedee"));

        Assert.DoesNotContain("Zebedee", (await casey.ReadAsync(page.Path)).ValueOf("__form")!);
        Assert.Single(await Typed.FindAsync(DemoPeople.Coordinator.Id, FormOf(page.Path)));
    }

    private static string FormOf(string path)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Path = path.ToLowerInvariant();
        return FormTicket.NameOf(context.Request);
    }

    private async Task<Referral> SavedAsync(ReferralDraft draft) =>
        (await product.Drafts().FindAsync(DemoPeople.Referrer.Id, draft.Id))!.Referral;

    private static async Task KeepAsync(Browser browser, BrowserPage page, params (string, string?)[] typed)
    {
        var kept = await browser.SubmitAsync(page, [.. typed, ("__keep", "1")]);
        Assert.Equal(200, kept.Status);
        Assert.StartsWith("Kept at ", kept.Html, StringComparison.Ordinal);
    }
}
