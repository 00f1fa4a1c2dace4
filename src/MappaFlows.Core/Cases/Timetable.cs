using System.Globalization;

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

    public Obligation? Find(ObligationKind kind) => Obligations.FirstOrDefault(obligation => obligation.Kind == kind);

    /// <summary>When the clock has something to do next in this part of the case; null for never, as things stand.</summary>
    public DateTimeOffset? NextStepAt(CasePart? part, int? disclosure = null)
    {
        var moments = Obligations
            .Where(obligation => part is null || obligation.Part == part)
            .Where(obligation => disclosure is null || obligation.Subject == disclosure.Value.ToString(CultureInfo.InvariantCulture))
            .SelectMany(Moments)
            .ToList();
        return moments.Count == 0 ? null : moments.Min();
    }

    private IEnumerable<DateTimeOffset> Moments(Obligation obligation)
    {
        if (obligation.Kind == ObligationKind.DecideDisclosure)
        {
            if (obligation.RemindAt is { } next) yield return next;
            yield return obligation.Due!.At;
            yield break;
        }

        if (obligation.Due is null || Case.Escalated.Contains(obligation.Key)) yield break;
        if (obligation.RemindAt is { } remindAt && remindAt < obligation.Due.At && !Case.Reminded.Contains(obligation.Key)) yield return remindAt;
        yield return obligation.Due.At;
    }
}
