namespace MappaFlows.Core.Cases;

/// <summary>
/// Everything that a case waits for, from whom and until when. Derived from the case and the policy each time it is asked, never stored:
/// when a date or the policy changes, every clock that came from it has moved.
/// </summary>
public sealed class Timetable
{
    internal Timetable(CaseState state, IEnumerable<Obligation> obligations)
    {
        Case = state;
        Obligations = [.. obligations.OrderBy(obligation => obligation.Due?.At ?? DateTimeOffset.MaxValue)];
    }

    public CaseState Case { get; }

    /// <summary>What is owed, the earliest due first; what has no clock stands last.</summary>
    public IReadOnlyList<Obligation> Obligations { get; }

    /// <summary>What is due first; null where no clock runs.</summary>
    public Obligation? Next => Obligations.FirstOrDefault(obligation => obligation.Due is not null);

    /// <summary>What would not be done if the case closed at this moment as it stands now.</summary>
    public IReadOnlyList<Obligation> UndoneAt(DateTimeOffset closing) => UndoneAt(Obligations, closing);

    internal static IReadOnlyList<Obligation> UndoneAt(IEnumerable<Obligation> obligations, DateTimeOffset closing) =>
    [
        .. obligations.Where(obligation => obligation.Owner != ObligationOwner.Clock && obligation.AtClosing switch
        {
            AtClosing.Always => true,
            AtClosing.Never => false,
            _ => obligation.Due?.At <= closing,
        }),
    ];

    /// <summary>The first of its kind, or the one of this number.</summary>
    public Obligation? Find(ObligationKind kind, int? number = null) => Of(kind, number).FirstOrDefault();

    /// <summary>
    /// When the clock has something to do next, of one obligation, of one kind or of the whole case; null for never, as things stand.
    /// </summary>
    public DateTimeOffset? NextStepAt(ObligationKind? kind = null, int? number = null) =>
        Of(kind, number).Min(obligation => obligation.NextStepAt);

    /// <summary>When the clock next reminds those who owe this; null where it has, or will not.</summary>
    /// <param name="number">Which of its kind; null for the first that comes.</param>
    public DateTimeOffset? RemindAt(ObligationKind kind, int? number = null) => Of(kind, number).Min(obligation => obligation.ToRemindAt);

    /// <summary>When the clock next escalates this; null where it has, or will not.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? EscalateAt(ObligationKind kind, int? number = null) =>
        Of(kind, number).Min(obligation => obligation.ToEscalateAt);

    /// <summary>When its time is over, and the clock itself does what follows; null for never.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? ExpiresAt(ObligationKind kind, int? number = null) => Of(kind, number).Min(obligation => obligation.ExpiresAt);

    private IEnumerable<Obligation> Of(ObligationKind? kind, int? number) =>
        Obligations.Where(obligation => (kind is null || obligation.Kind == kind) && (number is null || obligation.Number == number));
}
