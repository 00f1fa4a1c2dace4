namespace MappaFlows.Core.Cases;

/// <summary>Of which obligations the case was reminded, and which were escalated.</summary>
public sealed record RemindersState
{
    public IReadOnlyList<Reminder> Items { get; init; } = [];

    public static RemindersState Apply(RemindersState state, ObligationReminded happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due), reminder => reminder with { Reminded = true });

    public static RemindersState Apply(RemindersState state, ObligationEscalated happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due), reminder => reminder with { Escalated = true, EscalatedAt = info.At });

    public static RemindersState Apply(RemindersState state, ObligationStillOverdue happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due), reminder => reminder with { Times = happened.Times, RepeatedAt = info.At });

    /// <summary>The obligation with what was done about it already.</summary>
    /// <param name="clocks">Say when it is told again; null where no one asks for that.</param>
    public Obligation Mark(Obligation obligation, CaseClocks? clocks = null)
    {
        if (Find(obligation) is not { } done) return obligation;
        return obligation with
        {
            IsReminded = done.Reminded,
            IsEscalated = done.Escalated,
            EscalatedAt = done.EscalatedAt,
            RepeatAt = clocks is { } known && RepeatAt(done, known) is { } at && !(at >= obligation.ExpiresAt) ? at : null,
        };
    }

    /// <summary>How often its people were told again.</summary>
    public int TimesOf(Obligation obligation) => Find(obligation)?.Times ?? 0;

    private Reminder? Find(Obligation obligation) =>
        Items.FirstOrDefault(reminder => reminder.IsOf(obligation.Kind, obligation.Number, obligation.Due?.At));

    /// <summary>Soon after it was passed on, then at longer intervals, and never silence for ever.</summary>
    private static DateTimeOffset? RepeatAt(Reminder done, CaseClocks clocks) => done switch
    {
        { Escalated: true, RepeatedAt: { } repeated } => clocks.After(repeated, ClockIds.EscalationRepeat).At,
        { Escalated: true, EscalatedAt: { } escalated } => clocks.After(escalated, ClockIds.EscalationFirstRepeat).At,
        _ => null,
    };

    /// <summary>
    /// A date of the same obligation that is more than a year older is dropped, so that a case of decades stays small. Other obligations of
    /// the kind keep theirs: they may still be open, and would otherwise be reminded and escalated again.
    /// </summary>
    private RemindersState With(Reminder reminder, Func<Reminder, Reminder> change)
    {
        var known = Items.FirstOrDefault(item => item.IsOf(reminder.Kind, reminder.Number, reminder.Due)) ?? reminder;
        var others = Items.Where(
            item => !ReferenceEquals(item, known)
                && !(item.Kind == reminder.Kind && item.Number == reminder.Number && item.Due < reminder.Due?.AddYears(-1)));
        return this with { Items = [.. others, change(known)] };
    }
}

/// <summary>
/// What the clock did about one obligation with this date: a date that moves makes another, so that its people are reminded again.
/// </summary>
public sealed record Reminder(ObligationKind Kind, int? Number, DateTimeOffset? Due, bool Reminded = false, bool Escalated = false)
{
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When its people were last told again; null before.</summary>
    public DateTimeOffset? RepeatedAt { get; init; }

    /// <summary>How often they were.</summary>
    public int Times { get; init; }

    public bool IsOf(ObligationKind kind, int? number, DateTimeOffset? due) => Kind == kind && Number == number && Due == due;
}
