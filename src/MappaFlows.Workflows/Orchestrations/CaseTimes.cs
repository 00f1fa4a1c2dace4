namespace MappaFlows.Workflows.Orchestrations;

/// <summary>A case, and when each step of its obligations comes. A step that was taken, or that will not come, has no time.</summary>
public sealed class CaseTimes(Timetable timetable)
{
    public CaseState Case => timetable.Case;

    /// <summary>When those who owe this are reminded.</summary>
    /// <param name="number">Which of its kind; null for the first that comes.</param>
    public DateTimeOffset? RemindAt(ObligationKind kind, int? number = null) => timetable.Earliest(kind, obligation => obligation.ToRemindAt, number);

    /// <summary>When it is escalated.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? EscalateAt(ObligationKind kind, int? number = null) => timetable.Earliest(kind, obligation => obligation.ToEscalateAt, number);

    /// <summary>When its time is over, and the clock itself does what follows.</summary>
    /// <inheritdoc cref="RemindAt"/>
    public DateTimeOffset? ExpiresAt(ObligationKind kind, int? number = null) => timetable.Earliest(kind, obligation => obligation.ExpiresAt, number);
}
