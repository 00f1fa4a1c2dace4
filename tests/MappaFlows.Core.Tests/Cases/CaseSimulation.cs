namespace MappaFlows.Core.Tests.Cases;

/// <summary>A case that is lived through: commands are decided and applied at a time that the test moves.</summary>
internal sealed class CaseSimulation
{
    /// <summary>A Wednesday, 10am in London.</summary>
    public static readonly DateTimeOffset Begins = new(2026, 6, 3, 9, 0, 0, TimeSpan.Zero);

    private static CaseModel Model => CaseFeatures.Model;

    private readonly List<(DateTimeOffset At, CaseEvent Event)> _events = [];
    private readonly List<string> _actors = [];

    public DateTimeOffset Now { get; set; } = Begins;

    public PolicyBook Policy { get; init; } = PolicyBook.Default;

    /// <summary>What this person sees; null where they have no part in the case.</summary>
    public CaseView? ViewOf(Person reader) => Model.View(reader, Timetable);

    public CaseState? MaybeCase { get; private set; }

    public CaseState Case => MaybeCase!;

    public DateOnly Today => LondonTime.Today(Now);

    public Timetable Timetable => Model.TimetableOf(Case, Policy, WorkingCalendar.EnglandAndWales);

    public IReadOnlyList<CaseEvent> Events => [.. _events.Select(happened => happened.Event)];

    public IReadOnlyList<(DateTimeOffset At, CaseEvent Event)> Dated => _events;

    /// <summary>Who made each event.</summary>
    public IReadOnlyList<string> Actors => _actors;

    /// <summary>A case just referred.</summary>
    public static CaseSimulation Referred(Category category = Category.Category2)
    {
        var life = new CaseSimulation();
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, Samples.Referral(category)));
        return life;
    }

    /// <summary>A case just accepted.</summary>
    public static CaseSimulation Managed(ManagementLevel level = ManagementLevel.Level2, Category category = Category.Category2)
    {
        var life = Referred(category);
        life.Does(SamplePeople.Coordinator, Samples.Accept(level));
        return life;
    }

    public Decision Decides(Person actor, CaseCommand command) =>
        Model.Decide(MaybeCase, command, Context(actor));

    public CaseContext Context(Person actor) => new(actor, Now, Policy, WorkingCalendar.EnglandAndWales, SamplePeople.InArea);

    /// <summary>Decides and, where it is accepted, applies.</summary>
    public Decision Tries(Person actor, CaseCommand command)
    {
        var decision = Decides(actor, command);
        if (decision is Decision.Accepted accepted)
        {
            foreach (var happened in accepted.Events.OfType<CaseEvent>())
            {
                MaybeCase = Model.Apply(MaybeCase, happened, Context(actor).Info(_events.Count + 1));
                _events.Add((Now, happened));
                _actors.Add(actor.Id);
            }
        }

        return decision;
    }

    /// <summary>Does what must be accepted.</summary>
    public IReadOnlyList<CaseEvent> Does(Person actor, CaseCommand command)
    {
        var decision = Tries(actor, command);
        Assert.True(decision is Decision.Accepted, $"{command.GetType().Name}: {Words(decision)}");
        return [.. ((Decision.Accepted)decision).Events.OfType<CaseEvent>()];
    }

    /// <summary>The refusal of what must be refused.</summary>
    public Decision.Refused Refuses(Person actor, CaseCommand command) => Assert.IsType<Decision.Refused>(Decides(actor, command));

    /// <summary>The refusal of what must be refused, with what it keeps on record.</summary>
    public Decision.Refused Attempts(Person actor, CaseCommand command)
    {
        var refused = Refuses(actor, command);
        foreach (var happened in refused.Record.OfType<CaseEvent>())
        {
            MaybeCase = Model.Apply(MaybeCase, happened, Context(actor).Info(_events.Count + 1));
            _events.Add((Now, happened));
            _actors.Add(actor.Id);
        }

        return refused;
    }

    public IReadOnlyList<CaseEvent> Attends(ObligationKind? kind = null) => Does(SamplePeople.Clock, new DoWhatIsDue(kind));

    /// <summary>
    /// Lets time pass as the orchestrations do: the clock attends whenever the agenda says that there is something to do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The agenda never comes to rest.</exception>
    public void LivesUntil(DateTimeOffset then)
    {
        for (var round = 0; round < 10_000; round++)
        {
            if (Timetable.NextStepAt() is not { } at || at > then)
            {
                Now = then;
                return;
            }

            if (at > Now) Now = at;
            Attends();
        }

        throw new InvalidOperationException("The clock attends again and again and never comes to rest.");
    }

    public DecideDisclosure Decision(ApprovalOutcome outcome, int number = 1) => new()
    {
        Number = number,
        Outcome = outcome,
        Reasons = "Read and weighed.",
        ContentHash = Case.Disclosures[number - 1].ContentHash,
    };

    public static string Words(Decision decision) => decision switch
    {
        Decision.Refused refused => $"{refused.Kind}: {string.Join("; ", refused.Problems.Select(problem => $"{problem.Field}: {problem.Message}"))}",
        Decision.Accepted accepted => string.Join(", ", accepted.Events.Select(happened => happened.GetType().Name)),
        _ => "",
    };
}
