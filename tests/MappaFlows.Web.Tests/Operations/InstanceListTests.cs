using MappaFlows.Web.Tests.Cases;

namespace MappaFlows.Web.Tests.Operations;

public sealed class InstanceListTests(InstanceListTests.Engine engine) : IClassFixture<InstanceListTests.Engine>
{
    private const int Referred = 15;

    private ProductFactory Product => engine.Product;

    [Fact]
    public async Task An_engine_without_orchestrations_says_so()
    {
        await using var empty = await new ProductFactory().StartAsync();
        using var alex = await empty.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations");

        Assert.Equal("There are no orchestrations yet.", page.Document.QuerySelector("#none")!.TextContent.Trim());
    }

    [Fact]
    public async Task Every_orchestration_is_on_one_page_with_its_state_and_what_it_waits_for()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var first = await alex.ReadAsync("/operations");
        var second = await alex.ReadAsync(Next(first)!);

        Assert.Equal(25, Ids(first).Count);
        Assert.Equal((Referred * 2) + 3, Ids(first).Concat(Ids(second)).Distinct().Count());
        Assert.Null(Next(second));
        Assert.Contains("There are more.", first.Text);
        Assert.Equal("/operations", second.Document.QuerySelectorAll("main a").Single(link => link.TextContent == "Back to the first page").GetAttribute("href"));
        var row = Row(await alex.ReadAsync($"/operations?id={engine.Waiting}"), engine.Waiting);
        Assert.Contains("Running", row);
        Assert.Contains("event WakeUp", row);
        Assert.Contains("timer ", row);
        Assert.Contains("2 days", row);
    }

    [Fact]
    public async Task Pages_lead_back_as_they_led_forward_with_the_filter_that_was_chosen()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);
        var first = await alex.ReadAsync("/operations?state=Running");
        var second = await alex.ReadAsync(Next(first)!);

        var back = await alex.ReadAsync(Previous(second)!);

        Assert.Equal(Ids(first), Ids(back));
        Assert.Equal("Running", back.ValueOf("state"));
        Assert.Null(Previous(first));
        Assert.Null(Previous(back));
        Assert.Equal(Ids(second), Ids(await alex.ReadAsync(Next(back)!)));
    }

    [Fact]
    public async Task No_page_of_the_engine_shows_anything_of_a_person()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        foreach (var path in new[] { "/operations", $"/operations/{engine.Waiting}", $"/operations/do/Terminate?target={engine.Waiting}" })
            Assert.DoesNotContain(SampleReferrals.FamilyName, (await alex.ReadAsync(path)).Html);
    }

    [Theory]
    [InlineData("name=CaseLifecycle", "CaseLifecycle")]
    [InlineData("state=Failed", "Failed")]
    [InlineData("state=Completed", "Completed")]
    public async Task A_filter_shows_what_fits_and_stays_chosen(string query, string sign)
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync($"/operations?{query}");

        var rows = page.Document.QuerySelectorAll("tbody tr");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(sign, row.TextContent));
        Assert.Equal(query.Split('=')[1], page.ValueOf(query.Split('=')[0]));
    }

    [Fact]
    public async Task A_case_reference_is_found_however_it_is_typed()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);
        var reference = engine.Waiting.Replace("-screening", "", StringComparison.Ordinal);

        var page = await alex.ReadAsync($"/operations?id={Uri.EscapeDataString(reference.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant())}");

        Assert.Equal([reference, engine.Waiting], Ids(page));
    }

    [Fact]
    public async Task A_filter_by_age_takes_whole_days_and_goes_along_to_the_next_page()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);
        var day = engine.First;

        var old = await alex.ReadAsync($"/operations?{Day("to", day)}");
        var recent = await alex.ReadAsync($"/operations?{Day("from", day.AddDays(1))}");

        Assert.Equal(3, Ids(old).Count);
        Assert.Contains(engine.Waiting, Ids(old));
        var all = Ids(recent).Concat(Ids(await alex.ReadAsync(Next(recent)!))).ToList();
        Assert.Equal(Referred * 2, all.Count);
        Assert.DoesNotContain(engine.Waiting, all);
    }

    [Fact]
    public async Task A_filter_that_nothing_fits_says_so()
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync("/operations?state=Suspended");

        Assert.Equal("No orchestration fits these filters.", page.Document.QuerySelector("#none")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("state=Broken", "State")]
    [InlineData("from.Day=31&from.Month=2&from.Year=2026", "Created from must be a real date")]
    [InlineData("from.Day=2&from.Month=2&from.Year=2026&to.Day=1&to.Month=2&to.Year=2026", "Created to must be")]
    public async Task A_filter_that_is_none_is_named_and_nothing_is_shown_in_its_place(string query, string error)
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.OpenAsync($"/operations?{query}");

        Assert.Equal(422, page.Status);
        Assert.StartsWith(error, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("tbody tr"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("h%7C")]
    [InlineData("%00%2F%5C")]
    public async Task A_continuation_made_up_by_hand_is_the_first_page(string after)
    {
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var page = await alex.ReadAsync($"/operations?after={after}");

        Assert.Equal(Ids(await alex.ReadAsync("/operations")), Ids(page));
    }

    private static string Day(string name, DateOnly day) => $"{name}.Day={day.Day}&{name}.Month={day.Month}&{name}.Year={day.Year}";

    private static List<string> Ids(BrowserPage page) => [.. page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim())];

    private static string Row(BrowserPage page, string id) =>
        page.Document.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Trim() == id).TextContent;

    private static string? Previous(BrowserPage page) => page.Document.QuerySelector("[rel=prev]")?.GetAttribute("href");

    private static string? Next(BrowserPage page) => page.Document.QuerySelector("[rel=next]")?.GetAttribute("href");

    /// <summary>An engine with orchestrations for several pages: some old, one that failed, some that are over.</summary>
    public sealed class Engine : IAsyncLifetime
    {
        public ProductFactory Product { get; } = new();

        /// <summary>One that waits for a screening and is two days older than most.</summary>
        public string Waiting { get; private set; } = "";

        public DateOnly First { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Product.InitializeAsync();
            First = Product.Today();
            Waiting = await Product.QueuedAsync();
            await Product.FailedAsync();
            for (var i = 1; i < Referred; i++) await Product.QueuedAsync();
            var refused = await Product.ReferAsync();
            await Product.GiveAsync(
                Local.Demo.DemoPeople.Coordinator,
                refused,
                new Core.Screening.DecideScreening { Outcome = Core.Screening.ScreeningOutcome.Refuse, Reasons = "Not met" });
            await Product.StateAsync(new CaseInstanceIds(refused).Lifecycle);
        }

        public ValueTask DisposeAsync() => Product.DisposeAsync();
    }
}
