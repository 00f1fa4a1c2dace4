using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>What a case looks like on paper.</summary>
public sealed class PrintTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    protected override Uri Address => site.Product.Address;

    [Fact]
    public async Task A_case_is_printed_whole_with_its_marking_and_without_what_only_a_screen_needs()
    {
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync($"/cases/{site.Recorded}");
        await casey.FollowAsync("Show everything on one page, to print");
        await casey.SeesAsync("Wounding with intent");
        await casey.Page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var gone in (string[])[".govuk-service-navigation", ".moj-header", ".govuk-footer", ".govuk-button", ".govuk-breadcrumbs", "#actions"])
        {
            foreach (var element in await casey.Page.Locator(gone).AllAsync()) await Assertions.Expect(element).ToBeHiddenAsync();
        }

        await Assertions.Expect(casey.Page.Locator(".app-case-banner")).ToBeVisibleAsync();
        await Assertions.Expect(casey.Page.Locator(".app-marking")).ToHaveTextAsync("OFFICIAL-SENSITIVE");
        await Assertions.Expect(casey.Page.Locator(".app-marking")).ToBeVisibleAsync();
        await Assertions.Expect(casey.Page.Locator(".app-printed")).ToContainTextAsync("Printed by Casey Coordinator from the page of");
        var addresses = await casey.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href]')].map(link => getComputedStyle(link, '::after').content).filter(content => content.includes('('))");
        Assert.Empty(addresses);
        Assert.NotEmpty(await casey.Page.PdfAsync());
    }

    [Fact]
    public async Task What_is_folded_away_is_printed_from_any_page()
    {
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync($"/cases/{site.Recorded}");
        await Assertions.Expect(casey.Page.Locator("details[open]")).ToHaveCountAsync(0);

        await casey.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(casey.Page.Locator("details:not([open])")).ToHaveCountAsync(0);
        await casey.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        await Assertions.Expect(casey.Page.Locator("details[open]")).ToHaveCountAsync(0);
    }
}
