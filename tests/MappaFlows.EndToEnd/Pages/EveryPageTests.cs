using MappaFlows.EndToEnd.Browsers;
using MappaFlows.EndToEnd.Site;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>Every main page, and every form as it is refused.</summary>
public sealed class EveryPageTests(BrowserFixture browser, SiteFixture site) : BrowserTest(browser)
{
    public static TheoryData<string> Pages => [.. SitePage.All.Keys];

    public static TheoryData<string> Forms => [.. SitePage.All.Where(page => page.Value.Refusing is not null).Select(page => page.Key)];

    protected override Uri Address => site.Product.Address;

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_and_fits_a_telephone(string name)
    {
        var visitor = await OpenAsync(SitePage.All[name]);
        await CheckAsync(visitor, name);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_refused_form_says_what_is_wrong_and_is_as_accessible(string name)
    {
        var page = SitePage.All[name];
        var visitor = await OpenAsync(page);
        await visitor.PressAsync(page.Refusing!);
        await Assertions.Expect(visitor.ErrorSummary).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));

        // Each error of the list leads to the field that it is about.
        var links = visitor.ErrorSummary.GetByRole(AriaRole.Link);
        Assert.NotEqual(0, await links.CountAsync());
        foreach (var link in await links.AllAsync())
        {
            await link.ClickAsync();
            await Assertions.Expect(visitor.Page.Locator(":focus")).ToHaveIdAsync((await link.GetAttributeAsync("href"))![1..]);
        }

        await CheckAsync(visitor, $"{name}-refused");
    }

    [Fact]
    public async Task The_pages_of_a_referral_are_accessible_and_fit_a_telephone()
    {
        var riley = await VisitAsAsync("Riley Referrer");
        await riley.OpenAsync("/referrals/new");
        await riley.PressAsync("Start the referral");
        await riley.SeesPageAsync("Area, category and level");
        var draft = new Uri(riley.Page.Url).AbsolutePath.Split('/')[2];
        string[] optional = ["identifiers", "safeguarding"];
        foreach (var part in (string[])["placement", "subject", "identifiers", "addresses", "offence", "dates", "risk", "reason", "safeguarding", "meeting"])
        {
            await riley.OpenAsync($"/referrals/{draft}/{part}");
            await CheckAsync(riley, $"referral-{part}");
            if (optional.Contains(part)) continue;
            await riley.PressAsync("Save and continue");
            await Assertions.Expect(riley.ErrorSummary).ToBeFocusedAsync();
            await CheckAsync(riley, $"referral-{part}-refused");
        }

        foreach (var (path, name) in (IReadOnlyList<(string, string)>)[("", "task-list"), ("/check", "check"), ("/remove", "remove")])
        {
            await riley.OpenAsync($"/referrals/{draft}{path}");
            await CheckAsync(riley, $"referral-{name}");
        }

        await riley.OpenAsync($"/referrals/{draft}/check");
        await riley.PressAsync("Send the referral");
        await Assertions.Expect(riley.ErrorSummary).ToBeFocusedAsync();
        await CheckAsync(riley, "referral-check-refused");
    }

    /// <summary>A new page is looked at in a browser, or is named here with the reason why not.</summary>
    [Fact]
    public void Every_page_of_the_product_is_among_those_looked_at()
    {
        string[] elsewhere =
        [
            "/referrals/{draftId}", // by the test of the pages of a referral
            "/decide/", // by the test of a whole life, which holds the tokens and the sign-in
            "/operations/do/{action}", // by the tests of its pages in Web.Tests: an action needs its target
            "/dev/", // for developers
            "/error", // by the tests of failures
            "/sign-out", // shows nothing
            "/cases/{reference}/meetings/{number:int}/invitation.ics", // a file
        ];
        var looked = SitePage.All.Values.Select(page => page.Path(site).Split('?')[0]).ToList();

        var missing = Templates().Where(template =>
            !elsewhere.Any(start => template.StartsWith(start, StringComparison.Ordinal)) && !looked.Any(path => Fits(template, path)));

        Assert.True(!missing.Any(), $"Add a row to SitePage.cs for: {string.Join(", ", missing)}");
    }

    private static IEnumerable<string> Templates() =>
        from project in (string[])["MappaFlows.Web", "MappaFlows.Local"]
        from file in Directory.EnumerateFiles(Path.Combine(SourceFolder(), project, "Pages"), "*.cshtml", SearchOption.AllDirectories)
        let first = File.ReadLines(file).FirstOrDefault() ?? ""
        where first.StartsWith("@page \"", StringComparison.Ordinal)
        select first.Split('"')[1];

    private static bool Fits(string template, string path)
    {
        var parts = System.Text.RegularExpressions.Regex.Replace(template, @"\{[^}]*\}", "[^/]+");
        return System.Text.RegularExpressions.Regex.IsMatch(path, $"^{parts}$");
    }

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MappaFlows.sln"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "src");
    }

    private static async Task CheckAsync(Visitor visitor, string name)
    {
        await PageCheck.PictureAsync(visitor, name);
        await PageCheck.IsAccessibleAsync(visitor);
        await PageCheck.FitsAPhoneAsync(visitor);
        await PageCheck.IsWholeAsync(visitor);
    }

    private async Task<Visitor> OpenAsync(SitePage page)
    {
        var visitor = page.Person is null ? await VisitAsync() : await VisitSignedInAsync(page.Person);
        Assert.Equal(page.Status, await visitor.OpenAsync(page.Path(site)));

        // What another test typed here is kept for this person.
        var empty = visitor.Button("Start with an empty form");
        if (await empty.CountAsync() > 0)
        {
            await empty.ClickAsync();
            await Assertions.Expect(empty).ToHaveCountAsync(0);
        }

        if (page.Prepare is not null) await page.Prepare(visitor);
        return visitor;
    }

    private async Task<Visitor> VisitSignedInAsync(string person)
    {
        if (site.Sessions.TryGetValue(person, out var session)) return await VisitAsync(session: session);
        var visitor = await VisitAsAsync(person);
        site.Sessions[person] = await visitor.SessionAsync();
        return visitor;
    }
}
