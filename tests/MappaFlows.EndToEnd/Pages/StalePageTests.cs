using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Lifecycle;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>Pages that are behind the times: in another tab, in another window, in the browser's history.</summary>
public sealed class StalePageTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    private const string Reasons = "Your reasons, or your question to the referrer";

    protected override Uri Address => site.Product.Address;

    [Fact]
    public async Task Second_decision_shows_the_first_and_keeps_the_typed_text()
    {
        var reference = await site.ReferAsync();
        var early = await VisitAsAsync("Casey Coordinator");
        var late = await VisitAsAsync("Casey Coordinator");
        await early.OpenAsync($"/cases/{reference}/screening");
        await late.OpenAsync($"/cases/{reference}/screening");

        await early.ChooseAsync("What do you decide?", "Do not accept");
        await early.FillAsync(Reasons, "One agency can manage the risk.");
        await early.PressAsync("Record the decision");
        await early.SeesAsync("Not accepted");

        await late.ChooseAsync("What do you decide?", "Accept");
        await late.ChooseAsync("At which level?", "Level 3: formal meetings with senior managers");
        await late.FillAsync(Reasons, "Senior managers are needed.");
        await late.PressAsync("Record the decision");
        await Assertions.Expect(late.ErrorSummary).ToContainTextAsync("Nothing was changed");
        await late.SeesAsync("This referral was not accepted");
        await Assertions.Expect(late.Page.Locator("#not-recorded")).ToContainTextAsync("Senior managers are needed.");
    }

    [Fact]
    public async Task A_decision_on_content_that_was_changed_meanwhile_does_not_count()
    {
        var (reference, path) = await site.ProposeAsync();
        var charlie = await VisitAsync();
        await charlie.OpenAsync(path);
        await charlie.SignInAsync("Charlie Chair");
        await charlie.SeesPageAsync("Decide on a disclosure");

        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync($"/cases/{reference}/disclosures/1/revise");
        await casey.FillAsync("What is to be disclosed", "Something else.");
        await casey.PressAsync("Change it and ask for approval");
        await casey.SeesPageAsync("Disclosure 1");

        await charlie.ChooseAsync("What do you decide?", "Approve");
        await charlie.FillAsync("Your reasons", "Necessary and proportionate.");
        await charlie.TickAsync("I have read exactly this content");
        await charlie.PressAsync("Record your decision");
        await charlie.SeesPageAsync("This link was replaced");
        await charlie.SeesAsync("Your decision was not accepted.");
        await charlie.SeesAsync("Necessary and proportionate.");
        await casey.Page.ReloadAsync();
        await casey.SeesAsync("Waiting for approval");
    }

    [Fact]
    public async Task A_proposal_that_is_sent_again_as_it_stands_is_no_new_request()
    {
        // Its text has a line break, which browsers send otherwise than programs do.
        var (reference, _) = await site.ProposeAsync();
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync($"/cases/{reference}/disclosures/1/revise");
        await casey.PressAsync("Change it and ask for approval");
        await Assertions.Expect(casey.ErrorSummary).ToContainTextAsync("The content is the same as the approver has now. Change something, or leave it as it is");
    }

    [Fact]
    public async Task A_referral_that_is_sent_again_from_the_history_stays_one_case()
    {
        var riley = await VisitAsAsync("Riley Referrer");
        await riley.OpenAsync("/referrals/new");
        await riley.PressAsync("Start the referral");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await new ReferralJourney(riley).FillAsync(today, today.AddYears(2));
        var check = riley.Page.Url;
        await riley.PressAsync("Send the referral");
        await riley.SeesPageAsync("Referral sent");
        var reference = await riley.Page.Locator("#reference").InnerTextAsync();

        // Whether the browser kept the page or asks for it again, it ends at the same confirmation.
        await riley.Page.GoBackAsync();
        if (riley.Page.Url == check) await riley.PressAsync("Send the referral");
        await riley.SeesPageAsync("Referral sent");
        await Assertions.Expect(riley.Page.Locator("#reference")).ToHaveTextAsync(reference);
        await riley.OpenAsync("/referrals");
        await Assertions.Expect(riley.Page.GetByRole(AriaRole.Link, new() { Name = reference })).ToHaveCountAsync(1);
    }
}
