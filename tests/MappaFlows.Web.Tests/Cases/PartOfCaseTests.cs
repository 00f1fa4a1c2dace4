using System.Text.Json;
using MappaFlows.Web.Tests.Api;
using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>Whoever has only a part in a case reads that part: on its page, below it, and through the API.</summary>
public sealed class PartOfCaseTests : IClassFixture<PartOfCaseTests.Managed>
{
    private readonly Managed _fixture;
    private readonly ProductFactory _product;
    private readonly ManagedCase _case;
    private readonly ApiClient _api;

    public PartOfCaseTests(Managed fixture)
    {
        _fixture = fixture;
        _product = fixture.Product;
        _case = fixture.Case;
        _api = new(_product);
    }

    [Fact]
    public async Task The_referrers_page_has_the_referral_and_its_decision_and_nothing_of_what_came_after()
    {
        using var riley = await _product.SignInAsync(DemoPeople.Referrer);

        var page = await riley.ReadAsync(_case.Path);

        Assert.Equal(["The screening decision", "Who and what", "What you can do", "What happened", "The referral"], Headings(page));
        Assert.Contains("Accepted at level 2", page.Text);
        Assert.Contains("Several agencies.", page.Text);
        Assert.Contains(SampleReferrals.Address, page.Text);
        Assert.Contains("casey.coordinator@", page.Html);
        Assert.Contains("You can see the part of this case that involves you.", page.Text);
        AssertNothingLater(page.Html);
        Assert.DoesNotContain("/meetings", page.Html);
        Assert.DoesNotContain("/disclosures", page.Html);
        Assert.DoesNotContain("checkRecord", page.Html);
    }

    [Fact]
    public async Task A_manager_who_refers_someone_whom_another_agency_leads_is_shown_none_of_its_work()
    {
        var state = await ManagedCase.AcceptedAsync(_product, ManagementLevel.Level1, referrer: DemoPeople.PoliceManager);
        using var police = await _product.SignInAsync(DemoPeople.PoliceManager);
        using var probation = await _product.SignInAsync(DemoPeople.ProbationManager);

        Assert.DoesNotContain(state.Reference.ToString(), Waiting(await police.ReadAsync("/")));
        Assert.Contains(state.Reference.ToString(), Waiting(await probation.ReadAsync("/")));

        static IEnumerable<string> Waiting(BrowserPage page) =>
            page.Document.QuerySelectorAll("td[data-label='Case']:last-child")
                .Where(cell => cell.ParentElement!.QuerySelector("[data-label='What to do']") is not null)
                .Select(cell => cell.TextContent.Trim());
    }

    [Fact]
    public async Task The_referrers_timeline_ends_with_the_decision_wherever_it_is_opened()
    {
        using var riley = await _product.SignInAsync(DemoPeople.Referrer);

        foreach (var query in (string[])["", "?before=1000", "?before=4", "?checkRecord=true"])
        {
            var page = await riley.ReadAsync(_case.Path + query);
            var titles = page.Document.QuerySelectorAll(".moj-timeline__title").Select(title => title.TextContent.Trim());
            Assert.Equal(["Accepted at level 2", "Referral received"], titles);
            AssertNothingLater(page.Html);
        }
    }

    [Fact]
    public async Task The_referrers_document_leaves_out_what_came_after_and_says_how_much_it_is()
    {
        var answer = await _api.GetAsync(DemoPeople.Referrer.Id, $"/cases/{_case.Reference}");

        Assert.Equal(
            ["category", "obligations", "area", "informationRequests", "leadAgency", "reference", "referral", "referredAt", "referrerId", "scope", "screening", "stage", "subject"],
            answer.Json.EnumerateObject().Select(property => property.Name).OrderBy(name => name == "category" ? "" : name == "obligations" ? " " : name));
        Assert.Equal("Referral", answer.Json.GetProperty("scope").GetString());
        Assert.Empty(answer.Json.GetProperty("obligations").EnumerateArray());
        AssertNothingLater(answer.Json.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?take=1")]
    [InlineData("?after=1")]
    [InlineData("?after=2")]
    public async Task The_referrers_events_end_with_the_decision_however_they_are_paged(string query)
    {
        List<JsonElement> events = [];
        var after = 0L;
        for (var next = query; ; next = $"?after={after}&take=1")
        {
            var page = await _api.GetAsync(DemoPeople.Referrer.Id, $"/cases/{_case.Reference}/events{next}");
            events.AddRange(page.Json.GetProperty("events").EnumerateArray());
            if (!page.Json.TryGetProperty("next", out var more)) break;
            after = more.GetInt64();
        }

        Assert.All(events, recorded => Assert.InRange(recorded.GetProperty("sequence").GetInt64(), 1, 2));
        Assert.All(events, recorded => AssertNothingLater(recorded.GetRawText()));
        if (query is "" or "?take=1") Assert.Equal(["ReferralSubmitted", "ReferralAccepted"], events.Select(recorded => recorded.GetProperty("event").GetString()));
    }

    [Theory]
    [InlineData("/meetings/1", 404)]
    [InlineData("/meetings/2", 404)]
    [InlineData("/meetings/99", 404)]
    [InlineData("/meetings/2/invitation.ics", 404)]
    [InlineData("/meetings/2/record", 404)]
    [InlineData("/meetings/new", 403)]
    [InlineData("/disclosures/1", 404)]
    [InlineData("/disclosures/2", 404)]
    [InlineData("/disclosures/99", 404)]
    [InlineData("/disclosures/1/made", 404)]
    [InlineData("/disclosures/1/revise", 404)]
    [InlineData("/disclosures/new", 403)]
    [InlineData("/review", 403)]
    [InlineData("/dates", 403)]
    [InlineData("/eligibility", 403)]
    [InlineData("/exit", 403)]
    [InlineData("/exit-review", 403)]
    public async Task Pages_of_the_rest_are_not_there_for_the_referrer(string page, int status)
    {
        using var riley = await _product.SignInAsync(DemoPeople.Referrer);

        var answer = await riley.OpenAsync(_case.Path + page);

        Assert.Equal(status, answer.Status);
        AssertNothingLater(answer.Html);
    }

    [Fact]
    public async Task A_decision_on_a_disclosure_that_is_hidden_is_not_found_and_writes_nothing_into_the_case()
    {
        using var riley = await _product.SignInAsync(DemoPeople.Referrer);
        var anyForm = await riley.ReadAsync("/referrals/new");
        var token = anyForm.ValueOf("__RequestVerificationToken")!;
        async Task<int> RefusedAsync() => (await _case.EventsAsync()).OfType<ApprovalAttemptRefused>().Count(
            refused => refused.Number == 1);
        var before = await RefusedAsync();
        var body = new { outcome = "Approved", reasons = "Because.", contentHash = "no" };

        var posted = await riley.Client.PostAsync(
            $"{_case.Path}/disclosures/1",
            new FormUrlEncodedContent(
            [
                KeyValuePair.Create("__RequestVerificationToken", token),
                KeyValuePair.Create("Input.Outcome", "Approved"),
                KeyValuePair.Create("Input.Reasons", "Because."),
            ]));
        Assert.Equal(404, (int)posted.StatusCode);
        (await _api.PostAsync(DemoPeople.Referrer.Id, $"/cases/{_case.Reference}/disclosures/1/decision", body)).IsProblem(404);
        (await _api.PostAsync(DemoPeople.Referrer.Id, $"/cases/{_case.Reference}/disclosures/99/decision", body)).IsProblem(404);

        Assert.Equal(before, await RefusedAsync());
    }

    [Fact]
    public async Task Discloser_sees_their_disclosure_and_the_person_only()
    {
        using var parker = await _product.SignInAsync(DemoPeople.PoliceManager);

        var page = await parker.ReadAsync(_case.Path);

        Assert.Equal(["What this case waits for", "Who and what", "What you can do", "Disclosures"], Headings(page));
        Assert.Equal(["Disclosure 2"], page.Document.QuerySelectorAll("main table th[scope=row]").Select(cell => cell.TextContent.Trim()));
        Assert.Contains($"{SampleReferrals.GivenNames} {SampleReferrals.FamilyName}", page.Text);
        Assert.DoesNotContain("Wounding", page.Html);
        Assert.DoesNotContain("Category", page.Text);
        Assert.DoesNotContain(Managed.Later, page.Html.Replace("Recipient Two " + Managed.Later, "", StringComparison.Ordinal));
        Assert.Contains("The exact words", (await parker.ReadAsync($"{_case.Path}/disclosures/2")).Text);
        foreach (var hidden in (string[])["/disclosures/1", "/meetings/1", "/screening", "/answer"])
            Assert.Equal(404, (await parker.OpenAsync(_case.Path + hidden)).Status);

        var answer = await _api.GetAsync(DemoPeople.PoliceManager.Id, $"/cases/{_case.Reference}");
        Assert.Equal(
            ["area", "disclosures", "leadAgency", "obligations", "reference", "scope", "stage", "subject"],
            answer.Json.EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal(2, Assert.Single(answer.Json.GetProperty("disclosures").EnumerateArray()).GetProperty("number").GetInt32());
        (await _api.GetAsync(DemoPeople.PoliceManager.Id, $"/cases/{_case.Reference}/events")).IsProblem(404);
    }

    [Fact]
    public async Task Those_who_manage_the_case_still_see_all_of_it()
    {
        using var casey = await _product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync(_case.Path);

        Assert.Contains("Dates and eligibility", Headings(page));
        Assert.Contains("Meetings", Headings(page));
        Assert.Contains("Recipient Two", page.Text);
        var answer = await _api.GetAsync(DemoPeople.Coordinator.Id, $"/cases/{_case.Reference}");
        Assert.Equal("Whole", answer.Json.GetProperty("scope").GetString());
        Assert.Equal(2, answer.Json.GetProperty("disclosures").GetArrayLength());
        Assert.Equal((await _case.ReadAsync()).Version, answer.Json.GetProperty("version").GetInt64());
    }

    private void AssertNothingLater(string text)
    {
        Assert.DoesNotContain(Managed.Later, text);
        Assert.DoesNotContain("Robin Recipient", text);
        Assert.DoesNotContain(UkTime.Date(_fixture.NewExpiry), text);
        Assert.DoesNotContain(_fixture.NewExpiry.ToString("O", System.Globalization.CultureInfo.InvariantCulture), text);
    }

    private static List<string> Headings(BrowserPage page) =>
        [.. page.Document.QuerySelectorAll("main h2").Select(heading => heading.TextContent.Trim())];

    /// <summary>
    /// A managed case with a meeting held and one arranged, a date that changed, and two disclosures: one waits for the Chair, one is to be
    /// made.
    /// </summary>
    public sealed class Managed : IAsyncLifetime
    {
        /// <summary>A word that what was written after the screening has, and nothing before.</summary>
        public const string Later = "Zanzibar";

        public ProductFactory Product { get; } = new();

        internal ManagedCase Case { get; private set; } = null!;

        public DateOnly NewExpiry { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Product.InitializeAsync();
            Case = await ManagedCase.AcceptedAsync(Product);
            await Case.DoAsync(
                DemoPeople.Coordinator,
                new ScheduleMeeting { StartsAt = Product.Now.AddDays(7), Minutes = 60, Place = $"Room of {Later}" });
            await Product.MoveAsync(TimeSpan.FromDays(7.5));
            await Case.DoAsync(DemoPeople.Coordinator, new RecordMeeting(1, new MeetingOutcome
            {
                Attendance =
                [
                    .. (await Case.ReadAsync()).Meetings[0].Agencies.Select(agency => new Attendance(agency, AttendanceStatus.Present)),
                ],
                Decisions = [new($"Visit {Later}", "It lowers the risk.")],
                DisclosureConsidered = true,
                DisclosureReasons = Later,
                Level = ManagementLevel.Level3,
                LevelReasons = Later,
            }));
            await Case.DoAsync(
                DemoPeople.Coordinator,
                new ScheduleMeeting { StartsAt = Product.Now.AddDays(7), Minutes = 60, Place = $"Room of {Later}" });
            var was = (await Case.ReadAsync()).Bases[0].EndsOn!.Value;
            NewExpiry = was.AddDays(61);
            await Case.DoAsync(
                DemoPeople.Coordinator,
                new ChangeDate { Date = CaseDate.SentenceExpiry, From = was, To = NewExpiry, Reason = Later });
            await ProposeAsync($"What is told to {Later}", DemoPeople.ProbationManager, "Robin Recipient");
            await ProposeAsync("The exact words", DemoPeople.PoliceManager, $"Recipient Two {Later}");
            await Case.DoAsync(DemoPeople.Chair, new DecideDisclosure
            {
                Number = 2,
                Outcome = ApprovalOutcome.Approved,
                Reasons = "Proportionate.",
                ContentHash = (await Case.ReadAsync()).Disclosures[1].ContentHash,
            });
        }

        public ValueTask DisposeAsync() => Product.DisposeAsync();

        private Task ProposeAsync(string information, Person discloser, string recipient) => Case.DoAsync(
            DemoPeople.Coordinator,
            new ProposeDisclosure
            {
                Content = SampleDisclosures.Content(information) with { DiscloserId = discloser.Id, RecipientName = recipient },
                ApproverId = DemoPeople.Chair.Id,
            });
    }
}
