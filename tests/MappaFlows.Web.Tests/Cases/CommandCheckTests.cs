using MappaFlows.Web.Pages.Cases;
using MappaFlows.Web.Tests.Meetings;
using Microsoft.AspNetCore.Mvc.RazorPages;
using static MappaFlows.Web.Tests.Meetings.MeetingForms;

namespace MappaFlows.Web.Tests.Cases;

/// <summary>
/// What cannot be undone is done only after a page that names the person and says what follows; the way back from it loses nothing.
/// </summary>
public sealed class CommandCheckTests : IAsyncLifetime
{
    /// <summary>Pages of a case whose form is done at once, and why.</summary>
    private static readonly string[] NotChecked =
    [
        "Screening.AnswerModel", // adds an answer; the coordinator still decides
        "Meetings.NewModel", // a meeting can be moved
        "Meetings.MoveModel", // and moved again
        "Disclosures.NewModel", // a proposal can be changed and withdrawn
        "Disclosures.ReviseModel", // as above
        "Disclosures.DiscloserModel", // another can be named again
        "Escalations.PassedOnModel", // adds a note or a reminder
    ];

    private ProductFactory _product = null!;

    public async ValueTask InitializeAsync() => _product = await new ProductFactory().StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    public static TheoryData<string> Acts => [.. All.Keys];

    private static IReadOnlyDictionary<string, Act> All { get; } = new Dictionary<string, Act>
    {
        ["accept"] = Screening("Accept at level 2", ("Input.Outcome", "Accept"), ("Input.Level", "Level2")),
        ["refuse"] = Screening("Do not accept the referral", ("Input.Outcome", "Refuse")) with { IsWarning = true },
        ["ask"] = Screening("Send the question", ("Input.Outcome", "RequestInformation")),
        ["record a meeting"] = new("Meetings.RecordModel", DemoPeople.Chair, "/meetings/1/record", "Record the outcome")
        {
            Prepare = HeldAsync,
            Typed = OutcomeFields,
            Says = ["Minutes of meeting 1", "No longer waited for", "level 3 instead of level 2"],
        },
        ["minutes"] = new("Meetings.MinutesModel", DemoPeople.Coordinator, "/meetings/1/minutes", "The minutes went out")
        {
            Prepare = RecordedAsync,
            Says = ["Police (the agency’s mailbox)"],
        },
        ["level 1 review"] = new("Level1Reviews.ReviewModel", DemoPeople.ProbationManager, "/review", "Record the review")
        {
            Prepare = Level1Async,
            Typed =
            [
                ("Input.Findings", "Worse."), ("Input.Contact", "Police visited."), ("Input.DisclosureConsidered", "true"),
                ("Input.DisclosureReasons", "None needed."), ("Input.Level", "Level2"), ("Input.LevelReasons", "Others are needed."),
            ],
            Says = ["level 2 instead of level 1", "Meeting 1 to be held"],
        },
        ["exit review"] = new("Exits.ExitReviewModel", DemoPeople.ProbationManager, "/exit-review", "Record the review")
        {
            Prepare = EndsSoonAsync,
            Typed = [("Input.Conclusion", "May end."), ("Input.ConsiderCategory3", "true")],
            Says = ["The case still closes on its date."],
        },
        ["disclosure made"] = new("Disclosures.MadeModel", DemoPeople.ProbationManager, "/disclosures/1/made", "Record the disclosure")
        {
            Prepare = ApprovedAsync,
            TypedOn = (today, _) => [.. ManagedCase.Fields("Input.On", today), ("Input.Method", "InPerson"), ("Input.RecipientUndertook", "true")],
            Says = ["Charlie Chair"],
        },
        ["withdraw"] = new("Disclosures.WithdrawModel", DemoPeople.Coordinator, "/disclosures/1/withdraw", "Withdraw the proposal")
        {
            Prepare = ProposedAsync,
            Typed = [("Input.Reason", "Not needed.")],
            IsWarning = true,
            Says = ["Charlie Chair", "Decision on disclosure 1"],
        },
        ["revoke"] = new("Disclosures.RevokeModel", DemoPeople.Chair, "/disclosures/1/revoke", "Revoke the approval")
        {
            Prepare = ApprovedAsync,
            Typed = [("Input.Reason", "Not needed any more.")],
            IsWarning = true,
            Says = ["Morgan Manager"],
        },
        ["decide"] = new("Disclosures.DisclosureModel", DemoPeople.Chair, "/disclosures/1", "Approve the disclosure")
        {
            Prepare = ProposedAsync,
            Typed = [("Input.Outcome", "Approved"), ("Input.Reasons", "Needed."), ("Input.Read", "true")],
            Says = ["Morgan Manager", "Disclosure 1 to be made"],
        },
        ["date"] = new("Exits.DatesModel", DemoPeople.Coordinator, "/dates", "Change the date")
        {
            TypedOn = (today, form) => [.. ManagedCase.Fields("Input.To", today.AddYears(5)), ("Input.Date", Exits.ExitForms.Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")],
            Says = ["The case closes", "Morgan Manager"],
        },
        ["date that closes the case"] = new("Exits.DatesModel", DemoPeople.Coordinator, "/dates", "Change the date")
        {
            TypedOn = (today, form) => [.. ManagedCase.Fields("Input.To", today), ("Input.Date", Exits.ExitForms.Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")],
            IsWarning = true,
            Says = ["closes by itself at the end of", "The case cannot be opened again"],
        },
        ["eligibility"] = new("Exits.EligibilityModel", DemoPeople.Coordinator, "/eligibility", "Add it")
        {
            TypedOn = (today, _) => [.. ManagedCase.Fields("Input.StartsOn", today), ("Input.Category", "Category1"), ("Input.Indefinite", "true"), ("Input.Reason", "New.")],
            Says = ["managed in Category 1 instead of Category 2"],
        },
        ["exit"] = new("Exits.ExitModel", DemoPeople.Chair, "/exit", "Close the case")
        {
            TypedOn = (today, _) => [.. ManagedCase.Fields("Input.LastDay", today), ("Input.Reason", "Death"), ("Input.Reasons", "Certificate seen.")],
            IsWarning = true,
            Says = ["It cannot be opened again", "Casey Coordinator"],
        },
    };

    [Theory, MemberData(nameof(Acts))]
    public async Task What_cannot_be_undone_is_shown_first_and_the_way_back_keeps_everything_typed(string name)
    {
        var act = All[name];
        var state = await act.Prepare(_product);
        using var person = await _product.SignInAsync(act.Person);
        var form = await person.ReadAsync(state.Path + act.Page);
        var typed = act.TypedOn?.Invoke(LondonTime.Today(_product.Now), form) ?? act.Typed;
        var before = (await state.EventsAsync()).Count;

        var check = await person.SubmitAsync(form, typed);

        Assert.True(check.IsCheck, $"{check.Status}: {string.Join(", ", check.Errors)}");
        Assert.StartsWith("Check", check.Heading);
        Assert.Contains($"This is about {SampleReferrals.GivenNames} {SampleReferrals.FamilyName}, born 29 February 1980", check.Text);
        Assert.Contains($"{state.Reference}", check.Title);
        Assert.DoesNotContain(SampleReferrals.FamilyName, check.Title);
        var button = check.Document.QuerySelector("form#check button")!;
        Assert.Equal(act.Button, button.TextContent.Trim());
        Assert.Equal(act.IsWarning, button.ClassList.Contains("govuk-button--warning"));
        foreach (var said in act.Says) Assert.Contains(said, check.Text);
        Assert.Equal(before, (await state.EventsAsync()).Count);

        var back = check.Document.QuerySelector("form#check a") is { } link
            ? await person.ReadAsync(link.GetAttribute("href")!)
            : await person.SubmitAsync(check, ("Change", "true"));
        Assert.Equal((200, form.Heading), (back.Status, back.Heading));
        Assert.Empty(back.Errors);
        foreach (var (field, value) in typed) Assert.Equal(value, back.ValueOf(field));
        Assert.Equal(before, (await state.EventsAsync()).Count);

        var done = await person.ConfirmAsync(back);
        Assert.True((await state.EventsAsync()).Count > before);
        var landed = await person.FollowAsync(done);
        Assert.True(landed.Success is not null || landed.Document.QuerySelector(".govuk-panel") is not null, "No word of success.");
        var again = await person.SubmitAsync(check);
        Assert.Equal(303, again.Status);
    }

    [Fact]
    public async Task A_decision_by_the_emailed_link_is_shown_first_too()
    {
        var (state, link) = await ManagedCase.ProposedAsync(_product);
        using var charlie = await _product.SignInAsync(DemoPeople.Chair);

        var check = await charlie.SubmitAsync(await charlie.ReadAsync(link), ("Input.Outcome", "Refused"), ("Input.Reasons", "No."), ("Input.Read", "true"));
        Assert.True(check.IsCheck);
        Assert.Contains(SampleReferrals.FamilyName, check.Text);
        Assert.Contains("Nothing may be disclosed.", check.Text);
        var back = await charlie.SubmitAsync(check, ("Change", "true"));
        Assert.Equal(("Decide on a disclosure", "Refused", "No.", "true"), (back.Heading, back.ValueOf("Input.Outcome"), back.ValueOf("Input.Reasons"), back.ValueOf("Input.Read")));

        Assert.Equal($"/decide/{state.Reference}/1/done", (await charlie.ConfirmAsync(back)).Location);
    }

    [Fact]
    public void Every_page_with_a_form_about_a_case_is_checked_or_says_why_not()
    {
        var pages = typeof(CasePageModel).Assembly.GetTypes()
            .Where(page => page.IsSubclassOf(typeof(PageModel)) && !page.IsAbstract
                && page.Namespace!.StartsWith(typeof(CasePageModel).Namespace!, StringComparison.Ordinal))
            .Where(page => page.GetMethod("OnPostAsync") is not null)
            .Select(page => page.FullName![(typeof(CasePageModel).Namespace!.Length + 1)..]);
        string[] known = [.. All.Values.Select(act => act.Model), .. NotChecked, "Disclosures.Decide.DecideModel"];

        Assert.Equal(known.Distinct().Order(), pages.Order());
    }

    private static Act Screening(string button, params (string, string?)[] typed) => new("Screening.ScreeningModel", DemoPeople.Coordinator, "/screening", button)
    {
        Prepare = async product => ManagedCase.Of(product, await product.ReferAsync()),
        Typed = [.. typed, ("Input.Reasons", "Well founded.")],
        Says = ["Riley Referrer"],
    };

    private static (string, string?)[] OutcomeFields =>
    [
        ("Input.Attendance[0].Status", "Present"), ("Input.Attendance[1].Status", "Apologies"), ("Input.Attendance[2].Status", "Absent"),
        ("Input.Decisions[0].Decision", "Visit."), ("Input.Decisions[0].Rationale", "Because."),
        ("Input.DisclosureConsidered", "false"), ("Input.DisclosureReasons", "Nobody is at particular risk."),
        ("Input.Level", "Level3"), ("Input.LevelReasons", "Acute."),
    ];

    private static async Task<ManagedCase> HeldAsync(ProductFactory product)
    {
        var state = await ArrangedAsync(product);
        await product.MoveAsync(TimeSpan.FromDays(15));
        return state;
    }

    private static async Task<ManagedCase> RecordedAsync(ProductFactory product)
    {
        var state = await HeldAsync(product);
        await state.DoAsync(DemoPeople.Coordinator, new RecordMeeting(1, new()
        {
            Attendance =
                [.. (await state.ReadAsync()).Meetings[0].Agencies.Select(agency => new Attendance(agency, AttendanceStatus.Present))],
            Decisions = [new("Visit.", "Because.")],
            DisclosureConsidered = false,
            DisclosureReasons = "None.",
            Level = ManagementLevel.Level2,
        }));
        return state;
    }

    private static Task<ManagedCase> Level1Async(ProductFactory product) => ManagedCase.AcceptedAsync(product, ManagementLevel.Level1);

    private static async Task<ManagedCase> EndsSoonAsync(ProductFactory product)
    {
        var state = await Level1Async(product);
        await state.DoAsync(
            DemoPeople.ProbationManager,
            await Exits.ExitForms.ExpiryAsync(state, LondonTime.Today(product.Now).AddMonths(6).AddDays(10)));
        return state;
    }

    private static async Task<ManagedCase> ProposedAsync(ProductFactory product) => (await ManagedCase.ProposedAsync(product)).Case;

    private static async Task<ManagedCase> ApprovedAsync(ProductFactory product)
    {
        var state = await ProposedAsync(product);
        await state.DoAsync(DemoPeople.Chair, new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Needed.",
            ContentHash = (await state.ReadAsync()).Disclosures[0].ContentHash,
        });
        return state;
    }

    /// <summary>Something that cannot be undone.</summary>
    /// <param name="Model">The page's class.</param>
    private sealed record Act(string Model, Person Person, string Page, string Button)
    {
        public Func<ProductFactory, Task<ManagedCase>> Prepare { get; init; } = product => ManagedCase.AcceptedAsync(product);

        public (string, string?)[] Typed { get; init; } = [];

        public Func<DateOnly, BrowserPage, (string, string?)[]>? TypedOn { get; init; }

        public bool IsWarning { get; init; }

        /// <summary>What the check page says.</summary>
        public string[] Says { get; init; } = [];
    }
}
