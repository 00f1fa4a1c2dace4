namespace MappaFlows.Core.Disclosures;

/// <summary>When an approver is reminded, when the deputy is asked too, and when the request ends.</summary>
public sealed record ApprovalClock(Deadline RemindAt, Deadline EscalateAt, Deadline LapseAt)
{
    public static ApprovalClock Of(CaseState state, Disclosure disclosure, PolicyBook policy, WorkingCalendar calendar)
    {
        Deadline After(string clock) =>
            policy.Clock(clock, state.AreaCode, LondonTime.Today(disclosure.AskedAt)).Due(disclosure.AskedAt, calendar);

        return new(After(ClockIds.ApprovalReminder), After(ClockIds.ApprovalEscalation), After(ClockIds.ApprovalLapse));
    }
}
