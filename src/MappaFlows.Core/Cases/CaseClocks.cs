namespace MappaFlows.Core.Cases;

/// <summary>The area's clocks, as they stood on the day each one started.</summary>
public readonly struct CaseClocks(CaseState state, PolicyBook policy, WorkingCalendar calendar)
{
    public Deadline After(DateTimeOffset start, string clock) =>
        policy.Clock(clock, state.AreaCode, LondonTime.Today(start)).Due(start, calendar);

    public Deadline Before(DateOnly day, string clock) => policy.Clock(clock, state.AreaCode, day).Due(day, calendar);

    /// <summary>The first moment of the day on which a reminder for this is sent.</summary>
    public DateTimeOffset DayBefore(Deadline due, string clock) => LondonTime.StartOf(Before(due.Day, clock).Day);

    /// <summary>The end of a day that no clock made, such as the last day of a sentence.</summary>
    public static Deadline EndOf(DateOnly day, string explanation) => new(LondonTime.EndOf(day), day, explanation, Rule: null);
}
