using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Lifecycle;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>No page needs its scripts.</summary>
public sealed class NoScriptTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    protected override Uri Address => site.Product.Address;

    [Fact]
    public async Task A_referral_is_written_and_sent_twice_at_once_as_one_case()
    {
        var riley = await VisitAsAsync("Riley Referrer", scripts: false);
        await riley.OpenAsync("/referrals/new");
        await riley.PressAsync("Start the referral");
        var draft = new Uri(riley.Page.Url).AbsolutePath.Split('/')[2];
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await new ReferralJourney(riley).FillAsync(today, today.AddYears(2));

        // Nothing in the page holds back the second click here.
        await riley.Button("Send the referral").DblClickAsync();
        await riley.SeesPageAsync("Referral sent");
        var reference = await riley.Page.Locator("#reference").InnerTextAsync();
        await riley.OpenAsync("/referrals");
        await Assertions.Expect(riley.Page.GetByRole(AriaRole.Link, new() { Name = reference })).ToHaveCountAsync(1);

        // Riley begins others in other tests at the same time: this one is a draft no more.
        await Assertions.Expect(riley.Page.Locator($"a[href*='{draft}']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_decision_is_refused_with_its_errors_fixed_and_recorded()
    {
        var (_, path) = await site.ProposeAsync();
        var charlie = await VisitAsync(scripts: false);
        await charlie.OpenAsync(path);
        await charlie.SignInAsync("Charlie Chair");
        await charlie.FillAsync("Your reasons", "Not proportionate.");
        await charlie.PressAsync("Continue");
        await Assertions.Expect(charlie.ErrorSummary).ToContainTextAsync("Confirm that you have read exactly this content");
        await Assertions.Expect(charlie.Field("Your reasons")).ToHaveValueAsync("Not proportionate.");
        await charlie.ChooseAsync("What do you decide?", "Refuse");
        await charlie.TickAsync("I have read exactly this content");
        await charlie.PressAsync("Continue");
        await charlie.SeesPageAsync("Check your decision");
        await charlie.PressAsync("Refuse the disclosure");
        await charlie.SeesPageAsync("Decision recorded");
        await charlie.SeesAsync("You refused");
    }
}
