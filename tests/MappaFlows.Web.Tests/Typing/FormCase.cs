using MappaFlows.Web.Pages.Cases.Disclosures;
using MappaFlows.Web.Pages.Cases.Disclosures.Decide;
using MappaFlows.Web.Pages.Cases.Escalations;
using MappaFlows.Web.Pages.Cases.Exits;
using MappaFlows.Web.Pages.Cases.Level1Reviews;
using MappaFlows.Web.Pages.Cases.Meetings;
using MappaFlows.Web.Pages.Cases.Screening;
using MappaFlows.Web.Pages.Operations;
using MappaFlows.Web.Pages.Referrals;
using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;
using MappaFlows.Web.Tests.Operations;
using MappaFlows.Web.Tests.Referrals;
using Microsoft.Extensions.DependencyInjection;
using NewDisclosure = MappaFlows.Web.Pages.Cases.Disclosures.NewModel;
using NewMeeting = MappaFlows.Web.Pages.Cases.Meetings.NewModel;

namespace MappaFlows.Web.Tests.Typing;

/// <summary>A form of the site: how it is opened, what is typed into it, and how someone else comes first.</summary>
/// <param name="Page">The class of its page.</param>
/// <param name="OpenAsync">Brings about what the page needs.</param>
/// <param name="Typed">Answers that can be recorded. Each has to come back.</param>
public sealed record FormCase(Type Page, Func<ProductFactory, Task<OpenForm>> OpenAsync, params (string Name, string? Value)[] Typed)
{
    /// <summary>Pages whose forms hold nothing that anyone typed; and those of one machine only, with one choice each.</summary>
    public static IReadOnlyDictionary<string, string> WithoutText { get; } = new Dictionary<string, string>
    {
        ["Pages.Referrals.NewModel"] = "a button",
        ["Pages.Referrals.RemoveModel"] = "a button",
        ["Pages.Referrals.CheckModel"] = "a button: what it sends is saved already",
        ["Pages.Cases.Meetings.MinutesModel"] = "a button",
        ["Pages.Styles.StylesModel"] = "the gallery, in development only",
        ["Pages.SignIn.SignInModel"] = "nobody is signed in yet",
        ["Pages.SignIn.SignOutModel"] = "a button",
        ["Pages.Dev.ClockModel"] = "the time machine, in development only",
    };

    public static IReadOnlyDictionary<string, FormCase> All { get; } = new FormCase[]
    {
        // First: it moves the clock on by more than what the others keep lasts.
        new(typeof(PassedOnModel), PassedOnAsync, ("Input.Note", "Typed note")),
        new(typeof(SubjectModel), Part("subject"), ("Input.GivenNames", "Ann"), ("Input.FamilyName", "Typed"), ("Input.OtherNames", "Kept"), ("Input.DateOfBirth.Day", "31"), ("Input.DateOfBirth.Month", "2"), ("Input.DateOfBirth.Year", "1980")),
        new(typeof(IdentifiersModel), Part("identifiers"), ("Input.PoliceNationalComputer", "Typed number"), ("Input.Probation", "X1")),
        new(typeof(AddressesModel), Part("addresses"), ("Input.Current", "1 Typed Lane"), ("Input.ProposedOnRelease", "2 Typed Road")),
        new(typeof(OffenceModel), Part("offence"), ("Input.IndexOffence", "Typed offence"), ("Input.Kind", "Schedule15"), ("Input.SentenceMonths", "many")),
        new(typeof(PlacementModel), Part("placement"), ("Input.Category", "Category3"), ("Input.EmergencyReason", "Typed reason")),
        new(typeof(MappaFlows.Web.Pages.Referrals.DatesModel), Part("dates"), ("Input.Sentence.Day", "31"), ("Input.Sentence.Month", "2"), ("Input.Sentence.Year", "2020"), ("Input.Release.Day", "1"), ("Input.Release.Month", "2"), ("Input.Release.Year", "2021")),
        new(typeof(RiskModel), Part("risk"), ("Input.ToPublic", "High")),
        new(typeof(ReasonModel), Part("reason"), ("Input.BehaviourAndAttitudes", "Typed behaviour"), ("Input.CurrentPlan", "Typed plan")),
        new(typeof(SafeguardingModel), Part("safeguarding"), ("Input.Victims", "Typed victims")),
        new(typeof(MappaFlows.Web.Pages.Referrals.MeetingModel), Part("meeting"), ("Input.ReferrerContact", "Typed contact"), ("Input.CountersigningManager", "Typed manager")),
        new(typeof(ScreeningModel), ScreeningAsync, ("Input.Outcome", "Refuse"), ("Input.Reasons", "Typed reasons\nof two lines")),
        new(typeof(AnswerModel), AnswerAsync, ("Input.Answer", "Typed answer")),
        new(typeof(NewMeeting), Managed(DemoPeople.Coordinator, "meetings/new"), ("Input.StartsAt.Day", "1"), ("Input.StartsAt.Month", "3"), ("Input.StartsAt.Year", "2027"), ("Input.Time", "10:00"), ("Input.Minutes", "60"), ("Input.Place", "Typed place"), ("Input.LateReason", "Typed late reason")),
        new(typeof(MoveModel), Held(DemoPeople.Coordinator, "meetings/1/move"), ("Input.Place", "Typed place"), ("Input.Reason", "Typed reason")),
        new(typeof(RecordModel), Held(DemoPeople.Chair, "meetings/1/record"), [
            ("Input.Attendance[0].Status", "Present"),
            ("Input.Attendance[1].Status", "Present"),
            ("Input.Attendance[2].Status", "Apologies"),
            ("Input.Attendance[0].Attendees", "Typed attendee"),
            ("Input.Decisions[0].Decision", "Typed decision"),
            ("Input.Decisions[0].Rationale", "Typed rationale"),
            ("Input.Decisions[1].Decision", "Second decision"),
            ("Input.Decisions[1].Rationale", "Second rationale"),
            ("Input.DisclosureConsidered", "false"),
            ("Input.DisclosureReasons", "Typed reasons"),
            ("Input.Level", "Level2"),
        ]),
        new(typeof(ReviewModel), ReviewAsync, ("Input.Findings", "Typed findings"), ("Input.Contact", "Typed contact"), ("Input.DisclosureConsidered", "true"), ("Input.DisclosureReasons", "Typed reasons"), ("Input.Level", "Level1")),
        new(typeof(NewDisclosure), Managed(DemoPeople.Coordinator, "disclosures/new"), [
            ("Input.Information", "Typed information"),
            ("Input.RecipientName", "Typed recipient"),
            ("Input.RecipientContact", "01632 960000"),
            ("Input.RecipientRelation", "Head teacher"),
            ("Input.DiscloserId", "morgan-manager"),
            ("Input.Method", "InPerson"),
            ("Input.ReasonsFor", "Typed reasons for"),
            ("Input.ReasonsAgainst", "Typed reasons against"),
            ("Input.PresumptionToDisclose", "true"),
            ("Input.SubjectInformed", "true"),
        ]),
        new(typeof(ReviseModel), Proposed(DemoPeople.Coordinator, "disclosures/1/revise"), ("Input.Information", "Typed information"), ("Input.ReasonsFor", "Typed reasons")),
        new(typeof(WithdrawModel), Proposed(DemoPeople.Coordinator, "disclosures/1/withdraw"), ("Input.Reason", "Typed reason")),
        new(typeof(DisclosureModel), Proposed(DemoPeople.Chair, "disclosures/1"), ("Input.Outcome", "Refused"), ("Input.Reasons", "Typed reasons")),
        new(typeof(DecideModel), DecideAsync, ("Input.Outcome", "Refused"), ("Input.Reasons", "Typed reasons")),
        new(typeof(MadeModel), MadeAsync, ("Input.On.Day", "31"), ("Input.On.Month", "2"), ("Input.On.Year", "2026"), ("Input.Method", "InPerson"), ("Input.Notes", "Typed notes")),
        new(typeof(RevokeModel), Approved("disclosures/1/revoke"), ("Input.Reason", "Typed reason")),
        new(typeof(DiscloserModel), Approved("disclosures/1/discloser"), ("Input.DiscloserId", "riley-referrer"), ("Input.Reason", "Typed reason")),
        new(typeof(MappaFlows.Web.Pages.Cases.Exits.DatesModel), Managed(DemoPeople.Coordinator, "dates"), ("Input.To.Day", "1"), ("Input.To.Month", "2"), ("Input.To.Year", "2035"),
            ("Input.Reason", "Typed reason")),
        new(typeof(EligibilityModel), Managed(DemoPeople.Coordinator, "eligibility"), ("Input.Category", "Category3"), ("Input.StartsOn.Day", "1"), ("Input.StartsOn.Month", "2"), ("Input.StartsOn.Year", "2026"), ("Input.Reason", "Typed reason")),
        new(typeof(ExitModel), Managed(DemoPeople.Chair, "exit"), ("Input.Reason", "Death"), ("Input.LastDay.Day", "1"), ("Input.LastDay.Month", "2"), ("Input.LastDay.Year", "2026"), ("Input.Reasons", "Typed reasons")),
        new(typeof(ExitReviewModel), ExitReviewAsync, ("Input.Conclusion", "Typed conclusion"), ("Input.ConsiderCategory3", "false")),
        new(typeof(ActionModel), ActionAsync, ("Reason", "Typed reason")),
    }.ToDictionary(form => form.Page.FullName!["MappaFlows.Web.".Length..]);

    /// <summary>Texts that a person would miss.</summary>
    public IEnumerable<string> Texts => Typed.Select(answer => answer.Value!).Where(value => value.Contains("yped", StringComparison.Ordinal));

    private static Func<ProductFactory, Task<OpenForm>> Part(string slug) => async product =>
    {
        var draft = await product.BeginAsync();
        return new(DemoPeople.Referrer, $"/referrals/{draft.Id}/{slug}", () => product.Drafts().RemoveAsync(DemoPeople.Referrer.Id, draft.Id));
    };

    private static Func<ProductFactory, Task<OpenForm>> Managed(Person person, string page) => async product =>
        Of(await ManagedCase.AcceptedAsync(product), product, person, page);

    private static Func<ProductFactory, Task<OpenForm>> Held(Person person, string page) => async product =>
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(DemoPeople.Coordinator,
            new ScheduleMeeting { StartsAt = product.Now, Minutes = 60, Place = "Room 1", Agencies = [] });
        return Of(state, product, person, page);
    };

    private static Func<ProductFactory, Task<OpenForm>> Proposed(Person person, string page) => async product =>
        Of((await ManagedCase.ProposedAsync(product)).Case, product, person, page);

    private static async Task<OpenForm> DecideAsync(ProductFactory product)
    {
        var (state, link) = await ManagedCase.ProposedAsync(product);
        return Of(state, product, DemoPeople.Chair, "") with { Path = link };
    }

    private static async Task<OpenForm> MadeAsync(ProductFactory product)
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        var hash = SampleDisclosures.Content().Hash();
        var decision = new DecideDisclosure { Number = 1, Outcome = ApprovalOutcome.Approved, Reasons = "Yes.", ContentHash = hash };
        await state.DoAsync(DemoPeople.Chair, decision);
        return Of(state, product, DemoPeople.ProbationManager, "disclosures/1/made");
    }

    /// <summary>An approval that someone revokes while the form is open.</summary>
    private static Func<ProductFactory, Task<OpenForm>> Approved(string page) => async product =>
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        var hash = SampleDisclosures.Content().Hash();
        var decision = new DecideDisclosure { Number = 1, Outcome = ApprovalOutcome.Approved, Reasons = "Yes.", ContentHash = hash };
        await state.DoAsync(DemoPeople.Chair, decision);
        return new(DemoPeople.Coordinator, $"{state.Path}/{page}", () => state.DoAsync(DemoPeople.Chair, new RevokeApproval(1, "Changed.")));
    };

    /// <summary>A referral that no one screened in time.</summary>
    private static async Task<OpenForm> PassedOnAsync(ProductFactory product)
    {
        var reference = await product.ReferAsync();
        await product.MoveAsync(TimeSpan.FromDays(14));
        return new(DemoPeople.Chair, $"/cases/{reference}/passed-on/DecideScreening", () => RefuseAsync(product, reference));
    }

    private static async Task<OpenForm> ReviewAsync(ProductFactory product) =>
        Of(await ManagedCase.AcceptedAsync(product, ManagementLevel.Level1), product, DemoPeople.ProbationManager, "review");

    private static async Task<OpenForm> ExitReviewAsync(ProductFactory product)
    {
        var state = await ManagedCase.AcceptedAsync(product, ManagementLevel.Level1);
        await state.DoAsync(DemoPeople.ProbationManager,
            await Exits.ExitForms.ExpiryAsync(state, product.Today().AddMonths(6).AddDays(10)));
        return Of(state, product, DemoPeople.ProbationManager, "exit-review");
    }

    /// <summary>A case that someone closes while the form is open.</summary>
    private static OpenForm Of(ManagedCase state, ProductFactory product, Person person, string page) => new(
        person,
        $"{state.Path}/{page}",
        () => state.DoAsync(DemoPeople.Chair, new DecideExit { Reason = ExitReason.Death, LastDay = product.Today(), Reasons = "Seen." }));

    private static async Task<OpenForm> ScreeningAsync(ProductFactory product)
    {
        var reference = await product.ReferAsync();
        return new(DemoPeople.Coordinator, $"/cases/{reference}/screening", () => RefuseAsync(product, reference));
    }

    private static async Task<OpenForm> AnswerAsync(ProductFactory product)
    {
        var reference = await product.ReferAsync();
        await product.GiveAsync(
            DemoPeople.Coordinator, reference, new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Where?" });
        return new(DemoPeople.Referrer, $"/cases/{reference}/answer", () => RefuseAsync(product, reference));
    }

    private static Task RefuseAsync(ProductFactory product, CaseReference reference) =>
        product.GiveAsync(DemoPeople.Coordinator, reference, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "No." });

    private static async Task<OpenForm> ActionAsync(ProductFactory product)
    {
        var id = await product.QueuedAsync();
        var admin = await product.Services.GetRequiredService<IPeopleDirectory>().FindAsync(OperationsSamples.Administrator);
        return new(admin!, $"/operations/do/Terminate?target={id}", async () =>
        {
            var actions = product.Services.GetRequiredService<AdminActions>();
            await actions.DoAsync(admin!, new(AdminAction.Terminate, id, "First"), Guid.NewGuid().ToString("N"));
            await product.IdleAsync();
        });
    }
}

/// <summary>Who opens a form, where, and how it becomes impossible.</summary>
public sealed record OpenForm(Person Person, string Path, Func<Task> OvertakeAsync);
