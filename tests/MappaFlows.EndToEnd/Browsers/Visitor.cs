using System.Globalization;
using Microsoft.Playwright;

namespace MappaFlows.EndToEnd.Browsers;

/// <summary>Somebody at a window of the browser. They find everything by the words that stand on the page.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>The size of a small telephone, in CSS pixels.</summary>
    public static ViewportSize Phone => new() { Width = 375, Height = 812 };

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly bool _scripts;
    private readonly List<PageWatch> _watches = [];

    private Visitor(IBrowserContext context, Uri address, bool scripts)
    {
        _context = context;
        _address = address;
        _scripts = scripts;
        _context.Page += (_, page) => _watches.Add(new(page));
    }

    public IPage Page { get; private set; } = null!;

    /// <summary>What the browser had to complain about so far.</summary>
    public IEnumerable<string> Complaints => _watches.SelectMany(watch => watch.Complaints);

    public ILocator Main => Page.Locator("main");

    public ILocator ErrorSummary => Page.Locator(".govuk-error-summary");

    internal static async Task<Visitor> ComeAsync(IBrowser browser, Uri address, bool scripts, string? session)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ViewportSize = new() { Width = 1280, Height = 900 },
            StorageState = session,
        });
        context.SetDefaultTimeout(BrowserFixture.Patience);
        var visitor = new Visitor(context, address, scripts);
        visitor.Page = await context.NewPageAsync();
        return visitor;
    }

    /// <summary>Goes to a path of the product.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> OpenAsync(string path) => (await Page.GotoAsync(new Uri(_address, path).ToString()))!.Status;

    /// <summary>Chooses who one is; the sign-in page is open.</summary>
    public async Task SignInAsync(string person)
    {
        await ChooseAsync("Who are you?", person);
        await PressAsync("Sign in");
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>The cookies of this window, with which another one is signed in as well.</summary>
    public Task<string> SessionAsync() => _context.StorageStateAsync();

    public Task SignOutAsync() => PressAsync("Sign out");

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Question(string words) => Page.GetByRole(AriaRole.Group, new() { Name = words, Exact = true });

    public Task FillAsync(string label, string text) => Field(label).FillAsync(text);

    public async Task FillAsync(string question, DateOnly day)
    {
        var group = Question(question);
        await Part("Day").FillAsync(day.Day.ToString(CultureInfo.InvariantCulture));
        await Part("Month").FillAsync(day.Month.ToString(CultureInfo.InvariantCulture));
        await Part("Year").FillAsync(day.Year.ToString(CultureInfo.InvariantCulture));

        ILocator Part(string name) => group.GetByLabel(name, new() { Exact = true });
    }

    /// <summary>Selects a radio.</summary>
    public Task ChooseAsync(string question, string answer) =>
        Question(question).GetByRole(AriaRole.Radio, new() { Name = answer, Exact = true }).CheckAsync();

    public Task TickAsync(string label) => Page.GetByRole(AriaRole.Checkbox, new() { Name = label, Exact = true }).CheckAsync();

    /// <summary>Selects from a list.</summary>
    public Task SelectAsync(string label, string option) => Field(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task PressAsync(string button) => Button(button).ClickAsync();

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    /// <summary>Waits for the page with this heading.</summary>
    public Task SeesPageAsync(string heading) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    /// <summary>Waits until the main part of the page says this.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Main).ToContainTextAsync(text);

    /// <summary>Waits until a row of a list of questions and answers says this.</summary>
    public Task SeesAnswerAsync(string question, string answer) => Assertions
        .Expect(Page.Locator(".govuk-summary-list__row", new() { Has = Page.GetByText(question, new() { Exact = true }) }).Locator("dd"))
        .ToHaveTextAsync(answer);

    /// <summary>Waits until this stands in the list of errors, which a script gives the focus, and beside its field.</summary>
    public async Task SeesErrorAsync(string message)
    {
        await Assertions.Expect(ErrorSummary.GetByRole(AriaRole.Link, new() { Name = message, Exact = true })).ToBeVisibleAsync();
        if (_scripts) await Assertions.Expect(ErrorSummary).ToBeFocusedAsync();
        await Assertions.Expect(Page.Locator(".govuk-error-message", new() { HasText = message })).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
