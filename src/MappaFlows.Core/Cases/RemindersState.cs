namespace MappaFlows.Core.Cases;

/// <summary>Of which obligations the case was reminded, and which were escalated.</summary>
public sealed record RemindersState
{
    public IReadOnlyList<Reminder> Items { get; init; } = [];

    public static RemindersState Apply(RemindersState state, ObligationReminded happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due), reminder => reminder with { Reminded = true });

    public static RemindersState Apply(RemindersState state, ObligationEscalated happened, EventInfo info) =>
        state.With(new(happened.Kind, happened.Number, happened.Due), reminder => reminder with { Escalated = true });

    /// <summary>The obligation with what was done about it already.</summary>
    public Obligation Mark(Obligation obligation) =>
        Items.FirstOrDefault(reminder => reminder.IsOf(obligation.Kind, obligation.Number, obligation.Due?.At)) is { } done
        ? obligation with { IsReminded = done.Reminded, IsEscalated = done.Escalated }
        : obligation;

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
    public bool IsOf(ObligationKind kind, int? number, DateTimeOffset? due) => Kind == kind && Number == number && Due == due;
}
