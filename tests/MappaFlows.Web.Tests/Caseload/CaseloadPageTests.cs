using MappaFlows.Web.Tests.Cases;

namespace MappaFlows.Web.Tests.Caseload;

public sealed class CaseloadPageTests(CaseloadPageTests.Area area) : IClassFixture<CaseloadPageTests.Area>
{
    private const int Referred = 60;

    private ProductFactory Product => area.Product;

    [Fact]
    public async Task Every_case_is_on_one_page_and_pages_lead_forth_and_back()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);
        var first = await casey.ReadAsync("/caseload?stage=Screening");
        var second = await casey.ReadAsync(Link(first, "next")!);
        var third = await casey.ReadAsync(Link(second, "next")!);

        Assert.Equal([25, 25, 10], new[] { first, second, third }.Select(page => Cases(page).Count));
        Assert.Equal(Referred, new[] { first, second, third }.SelectMany(Cases).Distinct().Count());
        Assert.Null(Link(first, "prev"));
        Assert.Null(Link(third, "next"));
        Assert.Equal(Cases(second), Cases(await casey.ReadAsync(Link(third, "prev")!)));
        Assert.Equal(Cases(first), Cases(await casey.ReadAsync(Link(second, "prev")!)));
        Assert.Equal(
            ["60 cases. 25 on this page.", "60 cases. 25 on this page.", "60 cases. 10 on this page."],
            new[] { first, second, third }.Select(Count));
    }

    [Fact]
    public async Task Caseload_is_ordered_by_due_date()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync("/caseload?level=Level2");

        var row = page.Document.QuerySelectorAll("tbody tr")[0];
        Assert.Equal(area.Overdue.ToString(), row.QuerySelector("th")!.TextContent);
        Assert.Equal("Overdue", row.QuerySelector(".govuk-tag--red")!.TextContent);
        Assert.Equal("2 cases, 1 overdue.", Count(page));
    }

    [Fact]
    public async Task Overdue_count_covers_all_pages()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var first = await casey.ReadAsync("/caseload");
        var last = await casey.ReadAsync(Link(await casey.ReadAsync(Link(first, "next")!), "next")!);

        Assert.Contains(area.Overdue.ToString(), Cases(first));
        Assert.DoesNotContain(last.Document.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("Overdue", StringComparison.Ordinal));
        Assert.Equal($"{Referred + 3} cases, 1 overdue. 25 on this page.", Count(first));
        Assert.Equal($"{Referred + 3} cases, 1 overdue. {Referred + 3 - 50} on this page.", Count(last));
    }

    [Fact]
    public async Task A_manager_is_told_the_count_of_the_agencys_cases_alone()
    {
        using var parker = await Product.SignInAsync(DemoPeople.PoliceManager);

        Assert.Equal("One case.", Count(await parker.ReadAsync("/caseload")));
    }

    [Theory]
    [InlineData("level=Level1", "Level 1")]
    [InlineData("category=Category1", "1 (registered sexual offender)")]
    [InlineData("stage=Managed", "Managed")]
    [InlineData("ended=true", "Not accepted")]
    [InlineData("stage=Refused", "Not accepted")]
    public async Task A_filter_shows_what_fits_and_stays_chosen(string query, string sign)
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/caseload?{query}");

        var rows = page.Document.QuerySelectorAll("tbody tr");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(sign, row.TextContent));
        var (name, value) = (query.Split('=')[0], query.Split('=')[1]);
        Assert.Equal(value, page.ValueOf(name));
    }

    [Fact]
    public async Task A_filter_that_nothing_fits_says_so_and_can_be_cleared()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync("/caseload?category=Category4");

        Assert.Equal("No case fits these filters.", page.Document.QuerySelector("#no-cases")!.TextContent);
        Assert.Contains(page.Document.QuerySelectorAll("a"), link => link.TextContent == "Clear the filters");
    }

    [Theory]
    [InlineData("level=Level9", "The level")]
    [InlineData("category=nonsense", "The category")]
    [InlineData("ended=perhaps", "Ended cases")]
    public async Task A_filter_that_is_none_is_named_and_nothing_is_shown_in_its_place(string query, string field)
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.OpenAsync($"/caseload?{query}");

        Assert.Equal(422, page.Status);
        Assert.StartsWith(field, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_continuation_made_up_by_hand_is_no_error()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(200, (await casey.OpenAsync("/caseload?after=nonsense&after=live-%00%2F")).Status);
    }

    [Fact]
    public async Task A_lead_agencys_manager_sees_the_cases_that_the_agency_leads()
    {
        using var morgan = await Product.SignInAsync(DemoPeople.ProbationManager);
        using var parker = await Product.SignInAsync(DemoPeople.PoliceManager);

        var probation = await morgan.ReadAsync("/caseload?category=Category1");
        var police = await parker.ReadAsync("/caseload");

        Assert.DoesNotContain(area.LedByPolice.ToString(), probation.Text);
        Assert.Equal([area.LedByPolice.ToString()], Cases(police));
    }

    [Fact]
    public async Task Another_area_has_its_own_caseload()
    {
        using var dana = await Product.SignInAsync("dana-dorset");

        var page = await dana.ReadAsync("/caseload");

        Assert.Equal("There are no cases yet.", page.Document.QuerySelector("#no-cases")!.TextContent);
    }

    [Theory]
    [InlineData("lee-lay")]
    [InlineData("alex-admin")]
    [InlineData("riley-referrer")]
    public async Task Person_who_may_not_list_cases_gets_403(string personId)
    {
        using var person = await Product.SignInAsync(personId);

        var page = await person.OpenAsync("/caseload");

        Assert.Equal(403, page.Status);
        Assert.DoesNotContain(SampleReferrals.FamilyName, page.Html);
    }

    [Fact]
    public async Task Lay_adviser_sees_suppressed_counts()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);
        using var lee = await Product.SignInAsync("lee-lay");

        var exact = await casey.ReadAsync("/area");
        var rounded = await lee.ReadAsync("/area");

        Assert.Equal(["0", "1", "0", "1"], Row(exact, "Category 1"));
        Assert.Equal(["1", "1", "0", "2"], Row(exact, "Category 2"));
        Assert.Equal(["60"], Row(exact, "Waiting for screening"));
        Assert.Null(exact.Document.QuerySelector("#rounded"));

        Assert.Equal(["0", "fewer than 5", "0", "fewer than 5"], Row(rounded, "Category 1"));
        Assert.Equal(["60"], Row(rounded, "Waiting for screening"));
        Assert.NotNull(rounded.Document.QuerySelector("#rounded"));
        Assert.DoesNotContain("MF-", rounded.Html);
    }

    [Fact]
    public async Task A_referrer_sees_no_counts()
    {
        using var riley = await Product.SignInAsync(DemoPeople.Referrer);

        Assert.Equal(403, (await riley.OpenAsync("/area")).Status);
    }

    [Fact]
    public async Task The_start_page_lists_what_waits_for_this_person_and_leads_to_it()
    {
        using var casey = await Product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync("/");

        var row = page.Document.QuerySelectorAll("tbody tr")[0];
        Assert.Contains("Overdue", row.TextContent);
        Assert.Equal($"/cases/{area.Overdue}/meetings/new", row.QuerySelectorAll("a")[0].GetAttribute("href"));
        Assert.Equal("Overdue (1)", page.Document.QuerySelector("#overdue")!.TextContent);
        Assert.Contains("These are the first 50.", page.Text);
    }

    [Fact]
    public async Task Start_page_without_obligations_of_ones_own_shows_what_was_passed_on_and_available_actions()
    {
        using var charlie = await Product.SignInAsync(DemoPeople.Chair);
        using var lee = await Product.SignInAsync("lee-lay");

        var chair = await charlie.ReadAsync("/");
        var adviser = await lee.ReadAsync("/");

        Assert.Empty(chair.Document.QuerySelectorAll("#overdue, #today, #this-week, #later"));
        Assert.Equal("Passed on to you (1)", chair.Document.QuerySelector("#passed-on")!.TextContent);
        Assert.DoesNotContain("Refer someone", chair.Text);
        Assert.Equal(["Caseload", "The area in numbers"], chair.Document.QuerySelectorAll("#area-links a").Select(link => link.TextContent));
        Assert.Contains("Your role does not include individual cases", adviser.Text);
        Assert.Equal(["The area in numbers"], adviser.Document.QuerySelectorAll("#area-links a").Select(link => link.TextContent));
        Assert.DoesNotContain("MF-", adviser.Html);
    }

    [Fact]
    public async Task The_start_page_of_a_referrer_has_their_referrals()
    {
        using var riley = await Product.SignInAsync(DemoPeople.Referrer);

        var page = await riley.ReadAsync("/");

        Assert.Contains("Refer someone", page.Text);
        Assert.Equal(5, page.Document.QuerySelectorAll("[aria-label='Referrals sent'] tbody tr").Length);
        Assert.Contains("All your referrals", page.Text);
    }

    [Theory]
    [InlineData("casey-coordinator", "/")]
    [InlineData("casey-coordinator", "/caseload")]
    [InlineData("casey-coordinator", "/area")]
    [InlineData("riley-referrer", "/referrals")]
    public async Task Where_a_row_stands_by_itself_each_cell_says_which_column_it_is_of(string personId, string path)
    {
        using var person = await Product.SignInAsync(personId);

        var page = await person.ReadAsync(path);

        var tables = page.Document.QuerySelectorAll(".app-scroll table");
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            Assert.Contains("app-stack", table.ClassList);
            var columns = table.QuerySelectorAll("thead th").Select(heading => heading.TextContent).ToList();
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.All(
                row.Children.Index().Where(cell => cell.Item.LocalName == "td"),
                cell => Assert.Equal(columns[cell.Index], cell.Item.GetAttribute("data-label"))));
        }
    }

    private static List<string> Cases(BrowserPage page) => [.. page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent)];

    private static string? Link(BrowserPage page, string rel) => page.Document.QuerySelector($"[rel={rel}]")?.GetAttribute("href");

    private static string Count(BrowserPage page) =>
        string.Join(' ', page.Document.QuerySelector("#count")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<string> Row(BrowserPage page, string title) =>
    [
        .. page.Document.QuerySelectorAll("tbody tr")
            .First(row => row.QuerySelector("th")!.TextContent.StartsWith(title, StringComparison.Ordinal))
            .QuerySelectorAll("td")
            .Select(cell => cell.TextContent),
    ];

    /// <summary>An area with enough cases for several pages, one of them late.</summary>
    public sealed class Area : IAsyncLifetime
    {
        public ProductFactory Product { get; } = new();

        public CaseReference Overdue { get; private set; }

        public CaseReference LedByPolice { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Product.InitializeAsync();
            Overdue = await Product.AcceptAsync();
            await Product.MoveAsync(TimeSpan.FromDays(45));
            await Product.AcceptAsync(ManagementLevel.Level1);
            var first = SampleReferrals.Of(Product.Today(), category: Category.Category1);
            LedByPolice = await Product.AcceptAsync(referral: first with { Placement = first.Placement with { LeadAgency = "police" } });
            var refused = await Product.ReferAsync();
            await Product.GiveAsync(
                DemoPeople.Coordinator,
                refused,
                new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "Not met" });
            for (var i = 0; i < Referred; i++) await Product.ReferAsync();
        }

        public ValueTask DisposeAsync() => Product.DisposeAsync();
    }
}
