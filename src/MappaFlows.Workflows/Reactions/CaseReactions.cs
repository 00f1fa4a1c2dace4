namespace MappaFlows.Workflows.Reactions;

/// <summary>
/// What follows from events: who gets which email, and which orchestration starts or wakes. Here for the case as a whole.
/// </summary>
public sealed class CaseReactions : IReactions<CaseState>
{
    private static readonly EmailTemplate LevelHasChanged = new("LevelChanged", "level of management changed", "How a case is managed has changed.");

    private static readonly EmailTemplate CategoryHasChanged = new("CategoryChanged", "category changed", "The category of a case has changed.");

    private static readonly EmailTemplate CaseHasClosed = new("CaseClosed", "case closed", "A case has closed.")
    {
        Undone = timetable => timetable.Case.Exit?.Undone ?? [],
    };

    /// <summary>A commit holds only so many changes. An orchestration that is not woken looks again when its timer is due.</summary>
    private const int MaxWoken = 40;

    /// <summary>The rows of every feature.</summary>
    public static ReactionTable Table { get; } = Build();

    public IReadOnlyList<OutboxItem> To(IReadOnlyList<RecordedEvent> events, CaseState after, DecisionContext context) =>
        Of(events, after, ((CaseContext)context).People, ((CaseContext)context).Administrators);

    public static IReadOnlyList<OutboxItem> Of(
        IReadOnlyList<RecordedEvent> events, CaseState state, IReadOnlyList<Person> people, IReadOnlyList<Person> administrators)
    {
        var items = events
            .SelectMany(recorded => Table.To((CaseEvent)recorded.Event, new(state, people, administrators, recorded.Sequence, recorded.At)))
            .Distinct()
            .ToList();

        // A link changes no list, and the decision that it is for soon brings the case to the next checkpoint. A refused attempt is
        // recorded for itself.
        if (events.Any(recorded => recorded.Event is not ApprovalLinkIssued)) items.Add(new RefreshCaseload());
        return items;
    }

    private static ReactionTable Build()
    {
        var table = new ReactionTable();
        Register(table);
        ReferralReactions.Register(table);
        ScreeningReactions.Register(table);
        MeetingReactions.Register(table);
        Level1ReviewReactions.Register(table);
        DisclosureReactions.Register(table);
        ExitReactions.Register(table);
        EscalationReactions.Register(table);
        return table;
    }

    private static void Register(ReactionTable table) => table
        .Emails(LevelHasChanged, CategoryHasChanged, CaseHasClosed, Audience.NoOneToAct)
        .On<LevelChanged>((_, to) => [to.Wake(to.Instances.Review), .. to.LeadAgency.Email(LevelHasChanged)])
        .On<CategoryChanged>((_, to) => [to.Wake(to.Instances.Exit), .. to.LeadAgency.Email(CategoryHasChanged)])
        .On<CaseClosed>((_, to) =>
        [
            to.Wake(to.Instances.Review),
            to.Wake(to.Instances.Exit),
            .. to.Case.Disclosures
                .Where(disclosure => disclosure is { CanBeRevised: true, IsAwaitingApproval: false })
                .Take(MaxWoken)
                .Select(disclosure => to.Wake(to.Instances.FollowUp(disclosure.Number, disclosure.Request))),
            .. to.LeadAgency.Email(CaseHasClosed),
            .. to.Coordinators.Email(CaseHasClosed),
        ]);
}
