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

    /// <summary>The first of its kind, or the one of this number.</summary>
    public Obligation? Find(ObligationKind kind, int? number = null) => Of(kind, number).FirstOrDefault();

    /// <summary>When the clock has something to do next, of one obligation, of one kind or of the whole case; null for never, as things stand.</summary>
    public DateTimeOffset? NextStepAt(ObligationKind? kind = null, int? number = null) => Of(kind, number).Min(obligation => obligation.NextStepAt);

    /// <summary>The earliest of these times among the obligations of a kind.</summary>
    /// <param name="number">Which of its kind; null for all.</param>
    public DateTimeOffset? Earliest(ObligationKind kind, Func<Obligation, DateTimeOffset?> time, int? number = null) => Of(kind, number).Min(time);

    private IEnumerable<Obligation> Of(ObligationKind? kind, int? number) =>
        Obligations.Where(obligation => (kind is null || obligation.Kind == kind) && (number is null || obligation.Number == number));
}
