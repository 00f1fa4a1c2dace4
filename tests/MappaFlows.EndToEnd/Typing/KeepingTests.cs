using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using MappaFlows.Testing;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Typing;

/// <summary>What is typed is kept while it is typed, by the script of every form.</summary>
public sealed class KeepingTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    private const string Information = "What is to be disclosed";

    protected override Uri Address => site.Product.Address;

    [Fact]
    public async Task A_closed_tab_loses_nothing()
    {
        var path = await NewDisclosureAsync();
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync(path);
        await casey.FillAsync(Information, "Half a page");
        await casey.ChooseAsync("How", "By telephone");
        await KeptAsync(casey);
        var session = await casey.SessionAsync();
        await casey.Page.CloseAsync();

        var again = await VisitAsync(session: session);
        await again.OpenAsync(path);

        await Assertions.Expect(again.Field(Information)).ToHaveValueAsync("Half a page");
        await again.SeesAsync("It was not recorded.");
        await again.PressAsync("Start with an empty form");
        await Assertions.Expect(again.Field(Information)).ToHaveValueAsync("");
        await Assertions.Expect(again.Page.Locator("#typed-before")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Leaving_at_once_and_coming_back_loses_nothing()
    {
        var path = await NewDisclosureAsync();
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync(path);
        await casey.FillAsync(Information, "Typed and left");
        await casey.FollowAsync("Back to the case");

        await casey.Page.GoBackAsync();

        await Wait.ForAsync(async () =>
        {
            // What was sent on leaving may come in after the page was asked for again.
            await casey.OpenAsync(path);
            return await casey.Field(Information).InputValueAsync() == "Typed and left" ? "" : null;
        });
    }

    [Fact]
    public async Task Of_two_tabs_the_one_that_is_recorded_takes_nothing_from_the_other()
    {
        var path = await NewDisclosureAsync();
        var one = await VisitAsAsync("Casey Coordinator");
        await one.OpenAsync(path);
        var two = await VisitAsync(session: await one.SessionAsync());
        await two.OpenAsync(path);
        await one.FillAsync(Information, "Of the first tab");
        await two.FillAsync(Information, "Of the second tab");
        await KeptAsync(one);
        await KeptAsync(two);

        await one.Page.ReloadAsync();

        var shown = await one.Page.ContentAsync();
        Assert.Contains("Of the first tab", shown);
        Assert.Contains("Of the second tab", shown);
    }

    [Fact]
    public async Task Back_from_a_check_page_leads_to_the_form_as_it_was_filled_in()
    {
        var path = $"/cases/{await site.ManageAsync()}/exit";
        var charlie = await VisitAsAsync("Charlie Chair");
        await charlie.OpenAsync(path);
        await charlie.ChooseAsync("Why is the person no longer managed?", "The person died");
        await charlie.FillAsync("The last day under MAPPA", DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3)));
        await charlie.FillAsync("Reasons and evidence", "The certificate was seen.");
        await charlie.PressAsync("Continue");
        await charlie.SeesPageAsync("Check before you close the case");
        await charlie.Page.ReloadAsync();
        await charlie.SeesPageAsync("Check before you close the case");

        await charlie.Page.GoBackAsync();

        await charlie.SeesPageAsync("Decide that the person is no longer managed");
        await Assertions.Expect(charlie.Field("Reasons and evidence")).ToHaveValueAsync("The certificate was seen.");
        await charlie.PressAsync("Continue");
        await charlie.SeesPageAsync("Check before you close the case");
    }

    [Fact]
    public async Task The_counter_counts_as_people_do()
    {
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync(await NewDisclosureAsync());

        await casey.FillAsync(Information, "👨‍👩‍👧‍👦 é");

        await Assertions.Expect(casey.Page.Locator(".govuk-character-count__status").First).ToHaveTextAsync("You have 3,997 characters remaining");
    }

    [Fact]
    public async Task A_decision_that_is_added_has_the_focus_and_is_in_view()
    {
        var charlie = await VisitAsAsync("Charlie Chair");
        await charlie.OpenAsync($"/cases/{site.Held}/meetings/1/record");
        await charlie.PressAsync("Add another decision");

        var added = charlie.Question("Decision 2");
        await Assertions.Expect(added).ToBeFocusedAsync();
        await Assertions.Expect(added).ToBeInViewportAsync();
    }

    private async Task<string> NewDisclosureAsync() => $"/cases/{await site.ManageAsync()}/disclosures/new";

    private static Task KeptAsync(Visitor visitor) => Assertions.Expect(visitor.Page.Locator("[data-kept]")).ToContainTextAsync("Kept at ");
}
