using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>Everything can be done with a keyboard.</summary>
public sealed class KeyboardTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    /// <summary>More stops than any page of the product has before its form ends.</summary>
    private const int MostStops = 100;

    protected override Uri Address => site.Product.Address;

    [Fact]
    public async Task The_first_stop_of_a_page_skips_to_its_content()
    {
        var casey = await VisitAsAsync("Casey Coordinator");
        await casey.OpenAsync("/caseload");
        await casey.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(casey.Page.Locator(":focus")).ToHaveTextAsync("Skip to main content");
        await casey.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(casey.Main).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_form_is_filled_in_fixed_and_sent_without_a_mouse()
    {
        var reference = await site.ReferAsync();
        var casey = await VisitAsync();
        await casey.OpenAsync($"/cases/{reference}/screening");
        await TabToAsync(casey, casey.Page.GetByRole(AriaRole.Radio).First);
        await PressUntilAsync(casey, "ArrowDown", casey.Page.GetByRole(AriaRole.Radio, new() { Name = "Casey Coordinator" }));
        await casey.Page.Keyboard.PressAsync("Enter");
        await casey.SeesPageAsync("Screening");

        // Sent empty: the focus goes to the list of errors, and from there to the field.
        await TabToAsync(casey, casey.Button("Continue"));
        await casey.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(casey.ErrorSummary).ToBeFocusedAsync();
        await casey.Page.Keyboard.PressAsync("Tab");
        await casey.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(casey.Question("What do you decide?").GetByRole(AriaRole.Radio).First).ToBeFocusedAsync();

        await casey.Page.Keyboard.PressAsync("Space");
        await TabToAsync(casey, casey.Question("At which level?").GetByRole(AriaRole.Radio).First);
        await casey.Page.Keyboard.PressAsync("Space");
        await TabToAsync(casey, casey.Field("Your reasons, or your question to the referrer"));
        await casey.Page.Keyboard.TypeAsync("One agency can manage the risk.");
        await TabToAsync(casey, casey.Button("Continue"));
        await casey.Page.Keyboard.PressAsync("Space");
        await casey.SeesPageAsync("Check before you accept the referral");
        await TabToAsync(casey, casey.Button("Accept at level 1"));
        await casey.Page.Keyboard.PressAsync("Space");
        await casey.SeesAsync("Accepted at level 1");
    }

    private static Task TabToAsync(Visitor visitor, ILocator control) => PressUntilAsync(visitor, "Tab", control);

    private static async Task PressUntilAsync(Visitor visitor, string key, ILocator control)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await control.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await visitor.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{control} cannot be reached with {key}.");
    }
}
