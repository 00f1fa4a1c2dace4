namespace MappaFlows.Core.Policy;

/// <summary>A clock as it stands in one edition of the policy.</summary>
/// <param name="Id">One of <see cref="ClockIds"/>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="StartEvent">What it counts from, such as "the referral was received".</param>
/// <param name="Length">How long it runs.</param>
/// <param name="Edition">The edition of the policy.</param>
/// <param name="Confidence">One of <see cref="SourceConfidence"/>.</param>
/// <param name="Source">Where the figure comes from, in our own words.</param>
/// <param name="Area">The code of the area whose own policy it is, or null for the policy of all areas.</param>
public sealed record ClockRule(
    string Id,
    string Title,
    string StartEvent,
    ClockLength Length,
    string Edition,
    string Confidence,
    string Source,
    string? Area = null)
{
    /// <summary>
    /// When the clock runs out that starts at that instant. A clock that counts days starts on the day it then is in London.
    /// </summary>
    public Deadline Due(DateTimeOffset start, WorkingCalendar calendar)
    {
        if (Length.Unit != ClockUnit.Hours)
            return Due(LondonTime.Today(start), calendar);

        var hours = Length.Direction == ClockDirection.Before ? -Length.Amount : Length.Amount;
        var at = start.AddHours(hours).ToUniversalTime();
        return Make(at, LondonTime.Today(at), Trace(LondonTime.Today(start), start.ToUniversalTime()));
    }

    /// <summary>
    /// When the clock runs out that starts on that day. A clock that counts hours starts with the midnight that begins the day.
    /// </summary>
    public Deadline Due(DateOnly startDay, WorkingCalendar calendar)
    {
        if (Length.Unit == ClockUnit.Hours)
            return Due(LondonTime.StartOf(startDay), calendar);

        var day = Length.EndDay(startDay, calendar);
        return Make(LondonTime.EndOf(day), day, Trace(startDay, null, calendar, day));
    }

    /// <summary>
    /// When the clock runs out that is counted from another due date, such as a reminder the day before.
    /// A due date ends at midnight, which already belongs to the next day, so its day must be used and not its instant.
    /// </summary>
    public Deadline Due(Deadline from, WorkingCalendar calendar) =>
        Length.Unit == ClockUnit.Hours ? Due(from.At, calendar) : Due(from.Day, calendar);

    private static Deadline Make(DateTimeOffset at, DateOnly day, RuleTrace trace) => new(at, day, trace.Explain(), trace);

    private RuleTrace Trace(DateOnly startDay, DateTimeOffset? startAt, WorkingCalendar? calendar = null, DateOnly? endDay = null)
    {
        var countsWorkingDays = Length.Unit == ClockUnit.WorkingDays;
        return new RuleTrace(
            Id,
            Title,
            Edition,
            Confidence,
            Source,
            StartEvent,
            startDay,
            startAt,
            Length.ToString(),
            Length.Direction,
            Area,
            countsWorkingDays ? calendar?.Edition : null,
            countsWorkingDays && calendar is not null && endDay is { } end
                && (calendar.IsForecast(startDay) || calendar.IsForecast(end)));
    }
}
