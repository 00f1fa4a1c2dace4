using System.Net;
using System.Net.Http.Json;
using MappaFlows.Web.Tests.Meetings;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>Where a host asks for it, a decision asks for a fresh one, and nothing that was written is lost over it.</summary>
public sealed class FreshSignInTests(FreshSignInTests.Site site) : IClassFixture<FreshSignInTests.Site>
{
    private static readonly (string, string?)[] Approves = [("Input.Outcome", "Approved"), ("Input.Reasons", "Needed to keep her safe."), ("Input.Read", "true")];
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    private ProductFactory Product => site.Product;

    [Theory]
    [InlineData(0, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(-5, true)]
    [InlineData(-6, false)]
    public void A_sign_in_is_fresh_for_its_window_only(int minutesAgo, bool fresh)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        Assert.Equal(fresh, FreshSignIn.IsWithin(now.AddMinutes(-minutesAgo), now, TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public async Task A_Chair_who_has_just_signed_in_decides()
    {
        var (state, link) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, TimeSpan.Zero);
        var page = await chair.ReadAsync(link);

        var answer = await chair.SubmitAsync(page, Approves);

        Assert.Null(page.Document.QuerySelector("#sign-in-again"));
        Assert.Equal(303, answer.Status);
        Assert.Equal(DisclosureStage.Approved, await StageAsync(state));
    }

    [Fact]
    public async Task Before_anything_is_written_the_sign_in_leads_back_to_the_decision()
    {
        var (_, link) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, Old);

        var page = await chair.ReadAsync(link);
        var asked = await chair.OpenAsync(page.Document.QuerySelector("#sign-in-again a")!.GetAttribute("href")!);

        Assert.Contains("more than 15 minutes ago", page.Text);
        Assert.Equal(302, asked.Status);
        Assert.Equal(TimedSignIn.Challenge(link, isFresh: true), asked.Location);
    }

    [Fact]
    public async Task An_old_sign_in_decides_nothing_and_what_was_written_stays_and_counts_after_a_fresh_one()
    {
        var (state, link) = await ManagedCase.ProposedAsync(Product);
        using var tired = SignedIn(DemoPeople.Chair, Old);
        var refused = await tired.SubmitAsync(await tired.ReadAsync(link), Approves);
        var stageThen = await StageAsync(state);

        // The other tab: the same browser, now with a new sign-in.
        var asked = await tired.OpenAsync(refused.Document.QuerySelector("#sign-in-again a")!.GetAttribute("href")!);
        tired.SignIn(DemoPeople.Chair, TimeSpan.Zero);
        var tab = await tired.ReadAsync("/decide/signed-in-again");
        var recorded = await tired.SubmitAsync(refused);

        Assert.Equal((403, DisclosureStage.AwaitingApproval), (refused.Status, stageThen));
        Assert.Equal([FreshSignIn.Message], refused.Errors);
        Assert.Equal(("Approved", "Needed to keep her safe.", "true"), (refused.ValueOf("Input.Outcome"), refused.ValueOf("Input.Reasons"), refused.ValueOf("Input.Read")));
        Assert.Equal("_blank", refused.Document.QuerySelector("#sign-in-again a")!.GetAttribute("target"));
        Assert.Equal(TimedSignIn.Challenge("/decide/signed-in-again", isFresh: true), asked.Location);
        Assert.Equal("You have signed in again", tab.Heading);
        Assert.Equal(303, recorded.Status);
        Assert.Equal("Needed to keep her safe.", (await state.ReadAsync()).Disclosures[0].Decision!.Reasons);
    }

    [Fact]
    public async Task On_the_cases_own_page_it_is_the_same()
    {
        var (state, _) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, Old);
        var page = await chair.ReadAsync($"/cases/{state.Reference}/disclosures/1");

        var refused = await chair.SubmitAsync(page, Approves);
        chair.SignIn(DemoPeople.Chair, TimeSpan.Zero);
        var recorded = await chair.SubmitAsync(refused);

        Assert.NotNull(page.Document.QuerySelector("#sign-in-again"));
        Assert.Equal((403, "Needed to keep her safe."), (refused.Status, refused.ValueOf("Input.Reasons")));
        Assert.Equal(303, recorded.Status);
    }

    [Fact]
    public async Task Api_returns_problem_details()
    {
        var (state, _) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, Old);
        var decision = new { outcome = "approved", reasons = "Needed.", contentHash = SampleDisclosures.Content().Hash() };

        using var refused = await chair.Client.PostAsJsonAsync($"/api/v1/cases/{state.Reference}/disclosures/1/decision", decision);
        chair.SignIn(DemoPeople.Chair, TimeSpan.Zero);
        using var recorded = await chair.Client.PostAsJsonAsync($"/api/v1/cases/{state.Reference}/disclosures/1/decision", decision);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Sign in again", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
    }

    [Fact]
    public async Task Person_who_may_not_decide_is_refused_and_recorded_whatever_the_sign_in_age()
    {
        var (state, link) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, TimeSpan.Zero);
        var form = await chair.ReadAsync(link);
        using var stranger = SignedIn(DemoPeople.ProbationManager, Old);
        var token = (await stranger.ReadAsync("/referrals/new")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value");

        var sent = await stranger.SubmitAsync(form, [.. Approves, ("__RequestVerificationToken", token), ("__form", null)]);

        Assert.Equal((403, "You were not asked to make this decision"), (sent.Status, sent.Heading));
        Assert.Single((await state.EventsAsync()).OfType<ApprovalAttemptRefused>());
    }

    [Fact]
    public async Task A_sign_in_that_does_not_say_when_it_was_is_old_and_goes_round_in_no_circle()
    {
        var (_, link) = await ManagedCase.ProposedAsync(Product);
        using var chair = SignedIn(DemoPeople.Chair, signedInBefore: null);

        var page = await chair.ReadAsync(link);
        var after = await chair.ReadAsync("/decide/signed-in-again");

        Assert.NotNull(page.Document.QuerySelector("#sign-in-again"));
        Assert.Equal("This sign-in is not fresh enough", after.Heading);
    }

    [Theory]
    [InlineData("https://elsewhere.test/")]
    [InlineData("//elsewhere.test/")]
    [InlineData("/\\elsewhere.test/")]
    [InlineData("")]
    public async Task A_fresh_sign_in_leads_to_no_other_site(string then)
    {
        using var chair = SignedIn(DemoPeople.Chair, Old);

        var asked = await chair.OpenAsync("/decide/sign-in-again?then=" + Uri.EscapeDataString(then));

        Assert.Equal(302, asked.Status);
        Assert.DoesNotContain("elsewhere", asked.Location);
        Assert.Contains("signed-in-again", asked.Location);
    }

    private static async Task<DisclosureStage> StageAsync(ManagedCase state) => (await state.ReadAsync()).Disclosures[0].Stage;

    private Browser SignedIn(Person person, TimeSpan? signedInBefore)
    {
        var browser = Product.NewBrowser();
        browser.SignIn(person, signedInBefore);
        return browser;
    }

    /// <summary>The product with a sign-in that says when it was, and a window for decisions.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public ProductFactory Product { get; } = new()
        {
            Replace = services =>
            {
                services.AddTimedSignIn();
                services.Configure<FreshSignInOptions>(options => options.Within = TimeSpan.FromMinutes(15));
            },
        };

        public ValueTask InitializeAsync() => Product.InitializeAsync();

        public ValueTask DisposeAsync() => Product.DisposeAsync();
    }
}
