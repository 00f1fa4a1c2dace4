using MappaFlows.Web.Tests.Meetings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Web.Tests.Disclosures;

/// <summary>The link that the Chair gets by email.</summary>
public sealed class DecideTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private static readonly (string, string?)[] Approves = [("Input.Outcome", "Approved"), ("Input.Reasons", "Needed."), ("Input.Read", "true")];

    [Fact]
    public async Task Opening_the_link_asks_for_a_sign_in_and_comes_back()
    {
        var (_, link) = await ManagedCase.ProposedAsync(product);

        var answer = await product.NewBrowser().OpenAsync(link);

        Assert.Equal(302, answer.Status);
        var signIn = new Uri(product.Address, answer.Location!);
        Assert.Equal("/sign-in", signIn.AbsolutePath);
        Assert.Contains(Uri.EscapeDataString(link), signIn.Query);
    }

    [Fact]
    public async Task Decision_page_shows_content_proposer_and_deadline()
    {
        var (_, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        var page = await chair.ReadAsync(link);

        foreach (var said in new[] { SampleDisclosures.Information, "Robin Recipient", "Head teacher", "It is necessary to protect the children.", "It may cost the person the job.", "Casey Coordinator", "Morgan Manager", "This request ends on" })
            Assert.Contains(said, page.Text);
        Assert.DoesNotContain(SampleReferrals.GivenNames, page.Title);
    }

    [Fact]
    public async Task GET_and_HEAD_change_nothing_however_often_a_scanner_sends_them()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var before = (await state.ReadAsync()).Version;

        for (var i = 0; i < 3; i++)
        {
            await chair.OpenAsync(link);
            using var head = await chair.Client.SendAsync(new(HttpMethod.Head, link));
            Assert.Equal(200, (int)head.StatusCode);
        }

        Assert.Equal(before, (await state.ReadAsync()).Version);
    }

    [Fact]
    public async Task A_decision_is_recorded_once_and_confirmed_at_an_address_without_the_token()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync(link);

        var first = await chair.SubmitAsync(page, Approves);
        var again = await chair.SubmitAsync(page, Approves);

        Assert.Equal((303, 303), (first.Status, again.Status));
        Assert.Equal($"/decide/{state.Reference}/1/done", first.Location);
        Assert.Equal("Decision recorded", (await chair.FollowAsync(first)).Heading);
        Assert.Single((await state.EventsAsync()).OfType<DisclosureDecided>());
    }

    [Fact]
    public async Task Missing_answers_show_errors_and_keep_input()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync(link);

        var unread = await chair.SubmitAsync(page, ("Input.Outcome", "Approved"), ("Input.Reasons", "Needed."));
        var undecided = await chair.SubmitAsync(page, ("Input.Reasons", ""), ("Input.Read", "true"));
        var blank = await chair.SubmitAsync(page);

        Assert.Equal((422, 422, 422), (unread.Status, undecided.Status, blank.Status));
        Assert.Equal(["Confirm that you have read exactly this content"], unread.Errors);
        Assert.Equal(("Approved", "Needed."), (unread.ValueOf("Input.Outcome"), unread.ValueOf("Input.Reasons")));
        Assert.Equal(["Select what you decide", "Enter your reasons"], undecided.Errors);
        Assert.Equal(["Select what you decide", "Enter your reasons", "Confirm that you have read exactly this content"], blank.Errors);
        Assert.Equal(
            blank.Errors,
            blank.Document.QuerySelectorAll("form .govuk-error-message").Select(message => message.TextContent.Replace("Error: ", "", StringComparison.Ordinal).Trim()));
        Assert.DoesNotContain(await state.EventsAsync(), recorded => recorded is DisclosureDecided or ApprovalAttemptRefused);
    }

    [Fact]
    public async Task A_second_decision_is_told_who_decided_and_when_and_is_recorded_as_refused()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var stale = await chair.ReadAsync(link);
        await state.DoAsync(
            DemoPeople.Chair,
            new DecideDisclosure
            {
                Number = 1,
                Outcome = ApprovalOutcome.Refused,
                Reasons = "No.",
                ContentHash =
                SampleDisclosures.Content().Hash()
            });

        var answer = await chair.SubmitAsync(stale, Approves);

        Assert.Equal((409, "This was decided already"), (answer.Status, answer.Heading));
        Assert.Contains("Refused by Charlie Chair on", answer.Text);
        Assert.Contains("Needed.", answer.Text);
        Assert.Single((await state.EventsAsync()).OfType<ApprovalAttemptRefused>());
        Assert.Equal(409, (await chair.OpenAsync(link)).Status);
    }

    [Fact]
    public async Task Link_opened_by_another_person_shows_nothing_and_records_the_attempt()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var form = await chair.ReadAsync(link);
        using var stranger = await product.SignInAsync("drew-dorset");

        var opened = await stranger.OpenAsync(link);
        var token = (await stranger.ReadAsync("/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value");
        var sent = await stranger.SubmitAsync(form, [.. Approves, ("__RequestVerificationToken", token), ("__form", null)]);

        foreach (var page in new[] { opened, sent })
        {
            Assert.Equal((403, "You were not asked to make this decision"), (page.Status, page.Heading));
            foreach (var secret in new[] { SampleReferrals.GivenNames, SampleReferrals.FamilyName, "Robin", "alone with children", state.Reference.ToString(), "Charlie" })
                Assert.DoesNotContain(secret, page.Text + page.Title);
        }

        Assert.Single((await state.EventsAsync()).OfType<ApprovalAttemptRefused>());
        Assert.Equal(DisclosureStage.AwaitingApproval, (await state.ReadAsync()).Disclosures[0].Stage);
    }

    [Fact]
    public async Task A_case_a_disclosure_and_a_token_that_there_is_none_of_are_told_alike()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        string[] paths = [$"/decide/{state.Reference}/1?link=guessed", $"/decide/{state.Reference}/1", $"/decide/{state.Reference}/7?link=guessed", "/decide/MF-00000-00000/1?link=guessed", "/decide/nonsense/1?link=guessed"];
        var pages = new List<BrowserPage>();
        foreach (var path in paths) pages.Add(await chair.OpenAsync(path));

        Assert.All(pages, page => Assert.Equal(404, page.Status));
        Assert.Single(pages.Select(page => page.Text).Distinct());
    }

    [Fact]
    public async Task A_change_of_content_ends_the_earlier_link_and_the_new_one_works()
    {
        var (state, old) = await ManagedCase.ProposedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("Something else.")));
        var newest = await state.NewestLinkAsync();
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        var replaced = await chair.OpenAsync(old);

        Assert.NotEqual(old, newest);
        Assert.Equal((410, "This link was replaced"), (replaced.Status, replaced.Heading));
        Assert.DoesNotContain("Something else.", replaced.Text);
        Assert.Contains("Something else.", (await chair.ReadAsync(newest)).Text);
    }

    [Fact]
    public async Task A_page_that_was_open_when_the_content_changed_decides_nothing()
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var stale = await chair.ReadAsync(link);
        await state.DoAsync(DemoPeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("Something else.")));

        var answer = await chair.SubmitAsync(stale, Approves);

        Assert.Equal((410, "This link was replaced"), (answer.Status, answer.Heading));
        Assert.Equal(DisclosureStage.AwaitingApproval, (await state.ReadAsync()).Disclosures[0].Stage);
    }

    [Fact]
    public async Task A_link_ends_with_its_request_and_with_a_withdrawal()
    {
        await using var own = await new ProductFactory().StartAsync();
        var (lapsed, lapsedLink) = await ManagedCase.ProposedAsync(own);
        await own.MoveAsync(TimeSpan.FromHours(73));
        var (withdrawn, withdrawnLink) = await ManagedCase.ProposedAsync(own);
        await withdrawn.DoAsync(DemoPeople.Coordinator, new WithdrawDisclosure(1, "Not needed."));
        using var chair = await own.SignInAsync(DemoPeople.Chair);

        var ended = await chair.OpenAsync(lapsedLink);
        var gone = await chair.OpenAsync(withdrawnLink);

        Assert.Equal(DisclosureStage.Lapsed, (await lapsed.ReadAsync()).Disclosures[0].Stage);
        Assert.Equal((410, "This link has ended"), (ended.Status, ended.Heading));
        Assert.Equal((410, "The proposal was withdrawn"), (gone.Status, gone.Heading));
    }

    [Fact]
    public async Task The_deputy_decides_through_a_link_of_their_own_after_two_days()
    {
        await using var own = await new ProductFactory().StartAsync();
        var (state, first) = await ManagedCase.ProposedAsync(own);
        await own.MoveAsync(TimeSpan.FromHours(49));
        using var deputy = await own.SignInAsync(DemoPeople.DeputyChair);

        var link = await state.NewestLinkAsync();
        Assert.Equal(403, (await deputy.OpenAsync(first)).Status);
        var done = await deputy.SubmitAsync(await deputy.ReadAsync(link), Approves);

        Assert.Equal(303, done.Status);
        Assert.Equal(DemoPeople.DeputyChair.Id, (await state.ReadAsync()).Disclosures[0].Decision!.By);
    }

    [Fact]
    public async Task A_decision_waits_on_the_deputys_start_page_from_the_escalation_until_someone_decides()
    {
        await using var own = await new ProductFactory().StartAsync();
        var (state, _) = await ManagedCase.ProposedAsync(own);
        using var deputy = await own.SignInAsync(DemoPeople.DeputyChair);
        using var chair = await own.SignInAsync(DemoPeople.Chair);
        var path = $"{state.Path}/disclosures/1";

        Assert.DoesNotContain(path, await QueuedAsync(deputy));
        await own.MoveAsync(TimeSpan.FromHours(49));
        Assert.Contains(path, await QueuedAsync(deputy));
        Assert.Contains(path, await QueuedAsync(chair));
        Assert.Contains("Charlie Chair or you, as deputy", (await deputy.ReadAsync(state.Path)).Text);

        await state.DoAsync(
            DemoPeople.Chair,
            new DecideDisclosure
            {
                Number = 1,
                Outcome = ApprovalOutcome.Refused,
                Reasons = "No.",
                ContentHash =
                SampleDisclosures.Content().Hash()
            });
        Assert.DoesNotContain(path, await QueuedAsync(deputy));
        Assert.DoesNotContain(path, await QueuedAsync(chair));
    }

    [Fact]
    public async Task Link_token_is_not_logged_or_sent_as_referrer()
    {
        var log = new Lines();
        await using var own = await new ProductFactory
        {
            Replace = services => services.AddLogging(logging => logging.AddProvider(log).AddConfiguration(Local())),
        }.StartAsync();
        var (_, link) = await ManagedCase.ProposedAsync(own);
        using var chair = await own.SignInAsync(DemoPeople.Chair);
        await own.NewBrowser().OpenAsync(link);

        using var answer = await chair.Client.GetAsync(link);
        await chair.SubmitAsync(await chair.ReadAsync(link), Approves);

        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.NotEmpty(log.All);
        Assert.DoesNotContain(log.All, line => line.Contains(link.Split('=')[^1], StringComparison.Ordinal));
    }

    /// <summary>Where the duties on somebody's start page lead.</summary>
    private static async Task<IEnumerable<string?>> QueuedAsync(Browser browser) =>
        (await browser.ReadAsync("/")).Document.QuerySelectorAll("td[data-label='What to do'] a").Select(link => link.GetAttribute("href"));

    /// <summary>The levels that the host on one machine logs at.</summary>
    private static Microsoft.Extensions.Configuration.IConfiguration Local() =>
        Microsoft.Extensions.Configuration.JsonConfigurationExtensions
        .AddJsonFile(new Microsoft.Extensions.Configuration.ConfigurationBuilder(), Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
        .Build()
        .GetSection("Logging");

    /// <summary>Keeps every message that is logged.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
