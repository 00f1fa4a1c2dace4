namespace MappaFlows.Core.Disclosures;

/// <summary>When an approver is reminded, when the deputy is asked too, and when the request ends.</summary>
public sealed record ApprovalClock(Deadline RemindAt, Deadline EscalateAt, Deadline LapseAt)
{
    public static ApprovalClock Of(CaseState state, Disclosure disclosure, PolicyBook policy, WorkingCalendar calendar) =>
        Of(disclosure, new CaseClocks(state, policy, calendar));

    public static ApprovalClock Of(Disclosure disclosure, CaseClocks clocks) => new(
        clocks.After(disclosure.AskedAt, ClockIds.ApprovalReminder),
        clocks.After(disclosure.AskedAt, ClockIds.ApprovalEscalation),
        clocks.After(disclosure.AskedAt, ClockIds.ApprovalLapse));
}
