using CsCheck;

namespace MappaFlows.Core.Tests.Cases;

/// <summary>
/// Cases lived through at random: any person gives any command at any time, and the clock attends whenever the agenda asks for it.
/// Whatever happens, what this suite says must hold, because a lost date hurts people.
/// </summary>
public sealed class CaseProperties
{
    private sealed record Step(int Kind, int Person, int Choice, int Days, int Minutes);

    private sealed record Story(Category Category, ManagementLevel Level, bool ClockRuns, Step[] Steps);

    private static readonly Person[] People =
        [
            SamplePeople.Coordinator,
            SamplePeople.Coordinator,
            SamplePeople.Chair,
            SamplePeople.Deputy,
            SamplePeople.Manager,
            SamplePeople.Manager,
            SamplePeople.Referrer,
            SamplePeople.Stranger,
        ];

    private static readonly IReadOnlyList<ObligationKind> Kinds = CaseFeatures.Model.Obligations;

    private static readonly IReadOnlyList<ObligationKind> Reviews = [.. MeetingObligations.Kinds, .. Level1ReviewObligations.Kinds];

    private static readonly Gen<Step> Steps =
        Gen.Select(
            Gen.Int[0, 22],
            Gen.Int[0, People.Length - 1],
            Gen.Int[0, 1000],
            Gen.Frequency((6, Gen.Int[0, 3]), (3, Gen.Int[4, 90]), (1, Gen.Int[91, 900])),
            Gen.Int[0, 1439])
            .Select((kind, person, choice, days, minutes) => new Step(kind, person, choice, days, minutes));

    private static readonly Gen<Story> Stories =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))), Steps.Array[1, 40])
            .Select((category, level, works, steps) => new Story(
                (Category)category,
                category == 3 && level == 1 ? ManagementLevel.Level2 : (ManagementLevel)level,
                works,
                steps));

    [Fact]
    public void Random_lives_keep_all_invariants() => Stories.Sample(story =>
    {
        var life = Live(story, Holds);
        Replays(life);
    }, iter: 1000);

    [Fact]
    public void The_case_is_closed_by_the_clock_at_its_exit_instant_and_at_no_other() => Stories.Sample(story =>
    {
        var life = Live(story with { ClockRuns = true });
        if (life.Timetable.Forecast?.ExitAt is not { } exitAt || exitAt <= life.Now) return;

        life.LivesUntil(exitAt.AddTicks(-1));
        Assert.True(life.Case.IsManaged);
        Assert.Equal(exitAt, life.Timetable.Forecast!.ExitAt);
        life.LivesUntil(exitAt);
        Assert.Equal(CaseStage.Closed, life.Case.Stage);
        Assert.Equal(exitAt, life.Case.Exit!.At);
        Assert.Single(life.Events.OfType<CaseClosed>());
    }, iter: 300);

    [Fact]
    public void A_date_that_changes_moves_the_exit_and_the_reviews_before_it() =>
        Gen.Select(Stories, Gen.Int[1, 20_000]).Sample((story, days) =>
    {
        var life = Live(story with { Category = Category.Category2, ClockRuns = true });
        if (life.MaybeCase is not { IsManaged: true }) return;
        var to = life.Today.AddDays(days);

        if (life.Tries(SamplePeople.Coordinator, Samples.Expiry(life, to)) is not Decision.Accepted) return;

        var ends = life.Case.Bases.Select(basis => basis.EndsOn).ToList();
        var expected = ends.Contains(null) ? null : ends.Max();
        Assert.Contains(to, ends);
        Assert.Equal(expected, life.Timetable.Forecast!.ExitDay);
        Assert.Equal(expected, life.Timetable.Find(ExitObligations.CloseCase)?.Due?.Day);
        foreach (var review in life.Timetable.Obligations.Where(obligation => obligation.Kind == ExitObligations.ReviewBeforeExit))
            Assert.True(review.Due!.Day == expected!.Value.AddMonths(-6) || review.Due.Day == expected.Value.AddDays(-28));
    }, iter: 300);

    /// <summary>Each part watched by an orchestration of its own comes to the same end as the whole watched at once.</summary>
    [Fact]
    public void Clock_gives_the_same_events_by_kind_or_for_the_whole_case() => Stories.Sample(story =>
    {
        var life = Live(story with { ClockRuns = true });
        if (life.Timetable.NextStepAt() is { } at && at > life.Now) life.Now = at;

        var whole = (Decision.Accepted)life.Decides(SamplePeople.Clock, new DoWhatIsDue());
        var parts = Kinds.SelectMany(kind => ((Decision.Accepted)life.Decides(SamplePeople.Clock, new DoWhatIsDue(kind))).Events).ToList();

        if (!whole.Events.OfType<CaseClosed>().Any())
            Assert.Equal(whole.Events.Cast<CaseEvent>().Select(Json).Order(), parts.Cast<CaseEvent>().Select(Json).Order());
        else
            Assert.Single(parts.OfType<CaseClosed>());
    }, iter: 300);

    private static CaseSimulation Live(Story story, Action<CaseSimulation>? after = null)
    {
        var life = new CaseSimulation();
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, Samples.Referral(story.Category, story.Level)));
        if (story.Steps[0].Choice % 4 != 0) life.Does(SamplePeople.Coordinator, Samples.Accept(story.Level));
        foreach (var step in story.Steps)
        {
            var then = life.Now.AddDays(step.Days).AddMinutes(step.Minutes);
            if (story.ClockRuns) life.LivesUntil(then);
            else life.Now = then;
            if (CommandOf(step, life) is { } command)
                life.Tries(command is DoWhatIsDue or IssueApprovalLink ? SamplePeople.Clock : People[step.Person], command);
            after?.Invoke(life);
        }

        return life;
    }

    private static CaseCommand? CommandOf(Step step, CaseSimulation life)
    {
        var choice = step.Choice;
        var disclosure = life.Case.Disclosures.Count == 0 ? 1 : choice % life.Case.Disclosures.Count + 1;
        var meeting = life.Case.NextMeeting?.Number ?? life.Case.Meetings.Count;
        var level = (ManagementLevel)(choice % 3 + 1);
        return step.Kind switch
        {
            0 => Samples.Accept(level),
            1 => choice % 3 == 0 ? Samples.Refuse : Samples.RequestInformation,
            2 => new GiveInformation("An answer."),
            3 or 4 => SampleMeetings.At(life.Now.AddDays(choice % 200 + 1)) with { LateReason = choice % 2 == 0 ? "Late." : null },
            5 => new MoveMeeting { Number = meeting, StartsAt = life.Now.AddDays(choice % 100 + 1), Minutes = 60, Place = "A", Reason = "B" },
            6 or 7 => new RecordMeeting(meeting, Samples.Outcome(life.Case, level)),
            8 => new SendMinutes(life.Case.Meetings.Count == 0 ? 1 : choice % life.Case.Meetings.Count + 1),
            9 => new RecordLevel1Review(Samples.Review(level)),
            10 or 11 => new ProposeDisclosure { Content = SampleDisclosures.Content($"Version {choice % 5}") },
            12 => new ReviseDisclosure(disclosure, SampleDisclosures.Content($"Version {choice % 5}")),
            13 => choice % 5 == 0
                ? new WithdrawDisclosure(disclosure, "Over.")
                : new IssueApprovalLink(disclosure, choice % 3 + 1, $"link {choice}", SamplePeople.Chair.Id),
            14 or 15 => Decided(life, disclosure, (ApprovalOutcome)(choice % 3), stale: choice % 7 == 0),
            16 => new RecordDisclosure(disclosure, Samples.Act(life.Today.AddDays(-(choice % 3)))),
            17 => Samples.Change(life, (CaseDate)(choice % 5), choice % 11 == 0 ? null : life.Today.AddDays(choice * 3 - 20)),
            18 => new AddEligibility
            {
                Category = (Category)(choice % 4 + 1),
                StartsOn = life.Today.AddDays(-(choice % 30)),
                EndsOn = choice % 4 == 2 || choice % 13 == 0 ? null : life.Today.AddDays(choice * 2),
                Indefinite = choice % 13 == 0 && choice % 4 != 2,
                Reason = "New.",
            },
            19 => new RecordPreExitReview { Conclusion = "Looked at.", ConsiderCategory3 = choice % 2 == 0 },
            20 => choice % 10 == 0 ? new DecideExit { Reason = (ExitReason)(choice % 7), LastDay = life.Today, Reasons = "Seen." } : null,
            21 => choice % 3 == 0
                ? new RevokeApproval(disclosure, "Changed.")
                : new ReplaceDiscloser(disclosure, People[choice % People.Length].Id, "Ill."),
            _ => new DoWhatIsDue(choice % 5 == 4 ? null : Kinds[choice % Kinds.Count]),
        };
    }

    private static DecideDisclosure Decided(CaseSimulation life, int number, ApprovalOutcome outcome, bool stale) => new()
    {
        Number = number,
        Outcome = outcome,
        Reasons = "Weighed.",
        ContentHash = stale
            ? SampleDisclosures.Content("Older").Hash()
            : life.Case.Disclosures.FirstOrDefault(found => found.Number == number)?.ContentHash,
    };

    private static void Holds(CaseSimulation life)
    {
        // Nothing is done twice, and only a closed case has ended.
        Assert.Equal(life.Case.Stage == CaseStage.Closed ? 1 : 0, life.Events.OfType<CaseClosed>().Count());
        Assert.Equal(life.Events.OfType<ObligationReminded>().Distinct(), life.Events.OfType<ObligationReminded>());
        Assert.Equal(life.Events.OfType<ObligationEscalated>().Distinct(), life.Events.OfType<ObligationEscalated>());
        Assert.Equal(life.Events.Count, life.Case.Version);
        Assert.True(life.Case.Meetings.Count(meeting => meeting.Outcome is null) <= 1);
        Assert.Equal(Enumerable.Range(1, life.Case.Disclosures.Count), life.Case.Disclosures.Select(disclosure => disclosure.Number));
        DisclosuresHold(life);

        // By the clock a case closes only when its last day is over.
        foreach (
            var (at, closed) in life.Dated.Where(happened => happened.Event is CaseClosed).Select(happened =>
                (happened.At, (CaseClosed)happened.Event)))
        {
            if (closed.Reason is ExitReason.NotificationEnded or ExitReason.SentenceExpired or ExitReason.TerrorismRequirementEnded)
                Assert.True(at >= LondonTime.EndOf(closed.LastDay));
        }

        if (life.Case.IsManaged)
        {
            Assert.All(life.Case.Bases, basis => Assert.Null(basis.Problem()));
            Assert.True(life.Case.Category != Category.Category3 || life.Case.Level != ManagementLevel.Level1);
            Assert.Contains(life.Timetable.Obligations, obligation => Reviews.Contains(obligation.Kind) && obligation.Due is not null);
        }

        // Attending is idempotent and leaves nothing undone: what it looks at next is to come.
        life.Attends();
        Assert.Empty(((Decision.Accepted)life.Decides(SamplePeople.Clock, new DoWhatIsDue())).Events);
        Assert.All(life.Timetable.Obligations, owed => Assert.False(owed.NextStepAt <= life.Now, $"{owed.Kind}: {owed.NextStepAt:O} is not after {life.Now:O}"));

        // An exit that can be named is watched.
        if (life.Timetable.Forecast?.ExitAt is { } exitAt) Assert.True(life.Timetable.NextStepAt(ExitObligations.CloseCase) <= exitAt);

        // The category in force is the one that goes first among those that hold.
        if (life.Case.IsManaged) Assert.Equal(EligibilityAssessment.On(life.Case.Bases, life.Today)!.Category, life.Case.Category);
    }

    private static void DisclosuresHold(CaseSimulation life)
    {
        foreach (var made in life.Events.OfType<DisclosureMade>())
        {
            var disclosure = life.Case.Disclosures.Single(found => found.Number == made.Number);
            Assert.Equal(DisclosureStage.Made, disclosure.Stage);
            Assert.Equal(disclosure.Content.Hash(), disclosure.ContentHash);
            var last = life.Events.OfType<DisclosureDecided>().Last(decided => decided.Number == made.Number);
            Assert.Equal((ApprovalOutcome.Approved, disclosure.ContentHash), (last.Outcome, last.ContentHash));
            Assert.Single(life.Events.OfType<DisclosureMade>(), twice => twice.Number == made.Number);
        }

        foreach (var disclosure in life.Case.Disclosures.Where(disclosure => disclosure.Decision is not null))
        {
            Assert.Contains(disclosure.Decision!.By, new[] { disclosure.ApproverId, disclosure.DeputyId });
            Assert.NotEqual(disclosure.ProposedBy, disclosure.Decision.By);
        }

        if (life.Case.Stage == CaseStage.Closed)
        {
            Assert.DoesNotContain(
                life.Case.Disclosures,
                disclosure => disclosure.Stage is DisclosureStage.AwaitingApproval or DisclosureStage.ChangeRequested);
        }
    }

    /// <summary>The case is nothing but its events: written, read again and applied anew they make the same case.</summary>
    private static void Replays(CaseSimulation life)
    {
        var (model, actors) = (CaseFeatures.Model, new Queue<string>(life.Actors));
        CaseState? again = null;
        foreach (var (at, happened) in life.Dated)
        {
            again = model.Apply(
                again,
                model.Events.Read(model.Events.NameOf(happened), Json(happened)),
                new((again?.Version ?? 0) + 1, at, actors.Dequeue(), ""));
        }

        Assert.Equal(model.Write(life.Case), model.Write(again!));
        Assert.Equal(model.Write(life.Case), model.Write(model.Read(model.Write(life.Case).ToDictionary(part => part.Name))!));
    }

    private static string Json(CaseEvent happened) => CaseFeatures.Model.Events.Write(happened);
}
