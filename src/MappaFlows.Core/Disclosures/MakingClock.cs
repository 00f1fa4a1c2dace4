namespace MappaFlows.Core.Disclosures;

/// <summary>The last day on which an approved disclosure may be made, and when the clock steps in before.</summary>
/// <param name="RemindAt">When the discloser is reminded; null where the approval came later than that.</param>
/// <param name="EscalateAt">When the coordinators and the approver are told; null where the approval came on the last day.</param>
public sealed record MakingClock(Deadline LastDay, DateTimeOffset? RemindAt, DateTimeOffset? EscalateAt)
{
    /// <summary>That of a disclosure that was approved.</summary>
    public static MakingClock Of(Disclosure disclosure, CaseClocks clocks)
    {
        var approvedAt = disclosure.Decision!.At;
        var policy = clocks.After(approvedAt, ClockIds.DisclosureLastDay);
        var last = disclosure.Content.MakeBy is { } asked && asked < policy.Day
            ? CaseClocks.EndOf(asked, "The proposal asked for this last day, and it was approved with it.")
            : policy;
        return new(
            last,
            IfLater(clocks.DayBefore(last, ClockIds.DisclosureReminder)),
            IfLater(clocks.DayBefore(last, ClockIds.DisclosureEscalation)) ?? IfLater(LondonTime.StartOf(last.Day)));

        DateTimeOffset? IfLater(DateTimeOffset at) => at > approvedAt ? at : null;
    }

    /// <inheritdoc cref="Of(Disclosure, CaseClocks)"/>
    public static MakingClock Of(CaseState state, Disclosure disclosure, PolicyBook policy, WorkingCalendar calendar) =>
        Of(disclosure, new CaseClocks(state, policy, calendar));
}
