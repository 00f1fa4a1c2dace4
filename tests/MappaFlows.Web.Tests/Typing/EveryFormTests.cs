using MappaFlows.Local;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Tests.Typing;

/// <summary>Nothing that was typed is lost, on any form. A new form has to be in the list of <see cref="FormCase"/>.</summary>
public sealed class EveryFormTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private const string NotRecorded = "It was not recorded.";

    public static TheoryData<string> Forms => [.. FormCase.All.Keys];

    [Fact]
    public void Every_page_that_takes_a_post_is_in_the_list()
    {
        var pages = new[] { typeof(Routes).Assembly, typeof(LocalStartup).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(PageModel)) && !type.IsAbstract)
            .Where(type => type.GetMethods().Any(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal)))
            .Select(type => type.FullName!.Replace("MappaFlows.Web.", "", StringComparison.Ordinal).Replace("MappaFlows.Local.", "", StringComparison.Ordinal));

        Assert.Equal(FormCase.All.Keys.Concat(FormCase.WithoutText.Keys).Order(), pages.Order());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_says_whose_it_is_and_is_kept_while_someone_types(string name)
    {
        var (form, open) = await OpenAsync(name);
        using var browser = await product.SignInAsync(open.Person);
        var page = await browser.ReadAsync(open.Path);

        Assert.NotNull(page.Document.QuerySelector("form[data-keep] input[name=__form]"));
        Assert.NotNull(page.Document.QuerySelector("form[data-keep] [data-kept]"));
        Assert.True(form.Texts.Any() || page.Document.QuerySelector("form[data-keep] textarea") is null, "Type something into its texts.");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task After_a_session_ended_the_form_comes_back_filled_in(string name)
    {
        var (form, open) = await OpenAsync(name);
        using var browser = await product.SignInAsync(open.Person);
        var page = await browser.ReadAsync(open.Path);
        await SignOutAsync(browser);

        var sent = await browser.SubmitAsync(page, form.Typed);

        Assert.Equal(302, sent.Status);
        var signIn = await browser.ReadAsync(new Uri(sent.Location!).PathAndQuery);
        var back = await browser.FollowAsync(await browser.SubmitAsync(signIn, ("PersonId", open.Person.Id)));
        AssertFilledIn(form, back);

        await browser.SubmitAsync(back, "#empty-form");
        Assert.DoesNotContain(NotRecorded, (await browser.ReadAsync(open.Path)).Text);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Someone_else_records_and_sees_nothing_of_it(string name)
    {
        var (form, open) = await OpenAsync(name);
        using var browser = await product.SignInAsync(open.Person);
        var page = await browser.ReadAsync(open.Path);
        var other = DemoPeople.All.First(person => person.AreaCode == open.Person.AreaCode && !person.Roles.Contains(open.Person.Roles[0]));
        await SignOutAsync(browser);
        await SignInAsync(browser, other);

        var sent = await browser.SubmitAsync(page, form.Typed);

        Assert.Equal((403, "Someone else is signed in now"), (sent.Status, sent.Heading));
        var seen = (await browser.OpenAsync(open.Path)).Html;
        Assert.All(form.Texts, text => Assert.DoesNotContain(text, sent.Html + seen));
        await SignOutAsync(browser);
        await SignInAsync(browser, open.Person);
        AssertFilledIn(form, await browser.ReadAsync(open.Path));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task When_someone_was_first_what_was_typed_is_given_back(string name)
    {
        var (form, open) = await OpenAsync(name);
        using var browser = await product.SignInAsync(open.Person);
        var page = await browser.ReadAsync(open.Path);
        await open.OvertakeAsync();

        var sent = await browser.SubmitAsync(page, form.Typed);

        Assert.InRange(sent.Status, 400, 499);
        var shown = string.Join('\n', sent.Document.QuerySelectorAll("main").Select(main => main.TextContent));
        Assert.All(form.Texts, text => Assert.All(text.Split('\n'), line => Assert.Contains(line, shown)));
    }

    [Fact]
    public async Task A_full_store_shows_what_was_typed_for_copying()
    {
        var store = new FailingStore();
        await using var own = await new ProductFactory { ReplaceStore = store.Around }.StartAsync();
        foreach (var form in FormCase.All.Values)
        {
            var open = await form.OpenAsync(own);
            using var browser = await own.SignInAsync(open.Person);
            var page = await browser.ReadAsync(open.Path);
            store.IsFull = true;

            var sent = await browser.SubmitAsync(page, form.Typed);

            store.IsFull = false;
            Assert.True(sent.Status is 503 or 422 or 200, $"{form.Page.Name}: {sent.Status}");
            var shown = string.Join('\n', sent.Document.QuerySelectorAll("main, main input").Select(part => $"{part.TextContent} {part.GetAttribute("value")}"));
            Assert.All(form.Texts, text => Assert.All(text.Split('\n'), line => Assert.Contains(line, shown)));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_sent_twice_is_recorded_once_and_then_offered_no_more(string name)
    {
        var (form, open) = await OpenAsync(name);
        using var browser = await product.SignInAsync(open.Person);
        var page = await browser.ReadAsync(open.Path);
        await KeepAsync(browser, page, form);
        (string, string?)[] whole = [.. form.Typed, .. page.Document.QuerySelector("[name='Input.Read']") is null ? [] : new (string, string?)[] { ("Input.Read", "true") }];

        var first = await browser.SubmitAsync(page, whole);
        var second = await browser.SubmitAsync(page, whole);

        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        if (first.Status != 303) return;
        Assert.Null((await browser.OpenAsync(open.Path)).Document.QuerySelector("#typed-before, #not-recorded"));

        // What the script sent before, and comes in after it, is nothing new.
        Assert.Empty(await KeepAsync(browser, page, form));
        Assert.Null((await browser.OpenAsync(open.Path)).Document.QuerySelector("#typed-before, #not-recorded"));
    }

    [Fact]
    public async Task After_a_restart_every_form_that_was_kept_while_typing_comes_back()
    {
        await using var own = await new ProductFactory().StartAsync();
        List<(FormCase Form, OpenForm Open)> forms = [];
        foreach (var form in FormCase.All.Values)
        {
            var open = await form.OpenAsync(own);
            using var browser = await own.SignInAsync(open.Person);
            Assert.StartsWith("Kept at ", await KeepAsync(browser, await browser.ReadAsync(open.Path), form), StringComparison.Ordinal);
            forms.Add((form, open));
        }

        await own.RestartAsync();

        foreach (var (form, open) in forms)
        {
            using var browser = await own.SignInAsync(open.Person);
            AssertFilledIn(form, await browser.ReadAsync(open.Path));
        }
    }

    private async Task<(FormCase Form, OpenForm Open)> OpenAsync(string name)
    {
        var form = FormCase.All[name];
        return (form, await form.OpenAsync(product));
    }

    private static void AssertFilledIn(FormCase form, BrowserPage page)
    {
        Assert.Contains(NotRecorded, page.Text);
        Assert.Empty(page.Errors);
        Assert.All(form.Typed, answer => Assert.Equal(answer.Value, page.ValueOf(answer.Name)));
    }

    private static async Task<string> KeepAsync(Browser browser, BrowserPage page, FormCase form)
    {
        var kept = await browser.SubmitAsync(page, "form[data-keep]", [.. form.Typed, ("__keep", "1")]);
        Assert.Equal(200, kept.Status);
        return kept.Html;
    }

    private static async Task SignOutAsync(Browser browser) => await browser.SubmitAsync(await browser.ReadAsync("/sign-out"));

    private static async Task SignInAsync(Browser browser, Person person)
    {
        var answer = await browser.SubmitAsync(await browser.ReadAsync("/sign-in"), ("PersonId", person.Id));
        Assert.Equal(303, answer.Status);
    }
}
