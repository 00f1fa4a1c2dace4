using System.Globalization;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>A case, and when each step of its obligations comes. A step that was taken, or that will not come, has no time.</summary>
public sealed class CaseTimes(Timetable timetable, PolicyBook policy, WorkingCalendar calendar)
{
    public CaseState Case => timetable.Case;

    /// <summary>When those who owe this are reminded.</summary>
    /// <param name="number">Which of its kind; null for the first that comes.</param>
    public DateTimeOffset? RemindAt(ObligationKind kind, int? number = null) => Earliest(kind, number, ReminderOf);

    /// <summary>When it is escalated.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? EscalateAt(ObligationKind kind, int? number = null) => Earliest(kind, number, EscalationOf);

    /// <summary>When its time is over, and the clock itself does what follows.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? ExpiresAt(ObligationKind kind, int? number = null) => Earliest(kind, number, ExpiryOf);

    private DateTimeOffset? Earliest(ObligationKind kind, int? number, Func<Obligation, DateTimeOffset?> time)
    {
        var subject = number?.ToString(CultureInfo.InvariantCulture);
        return timetable.Obligations
            .Where(obligation => obligation.Kind == kind && (subject is null || obligation.Subject == subject))
            .Min(time);
    }

    private DateTimeOffset? ReminderOf(Obligation obligation)
    {
        if (DisclosureOf(obligation) is { } disclosure) return disclosure.Reminded ? null : ApprovalClockOf(disclosure).RemindAt.At;
        if (IsEscalated(obligation) || Case.Reminded.Contains(obligation.Key)) return null;
        return obligation.RemindAt < obligation.Due?.At ? obligation.RemindAt : null;
    }

    private DateTimeOffset? EscalationOf(Obligation obligation)
    {
        if (DisclosureOf(obligation) is { } disclosure)
            return disclosure.Escalated || disclosure.DeputyId is null ? null : ApprovalClockOf(disclosure).EscalateAt.At;
        return Expires(obligation) || IsEscalated(obligation) ? null : obligation.Due?.At;
    }

    private static DateTimeOffset? ExpiryOf(Obligation obligation) => Expires(obligation) ? obligation.Due?.At : null;

    private static bool Expires(Obligation obligation) =>
        obligation.Kind is ObligationKind.DecideDisclosure or ObligationKind.ChangeCategory or ObligationKind.Exit;

    private bool IsEscalated(Obligation obligation) => Case.Escalated.Contains(obligation.Key);

    private ApprovalClock ApprovalClockOf(Disclosure disclosure) => ApprovalClock.Of(Case, disclosure, policy, calendar);

    /// <summary>The disclosure that waits for a decision, where the obligation is to decide it.</summary>
    private Disclosure? DisclosureOf(Obligation obligation) => obligation.Kind == ObligationKind.DecideDisclosure
        ? Case.Disclosures.First(disclosure => disclosure.Number.ToString(CultureInfo.InvariantCulture) == obligation.Subject)
        : null;
}
