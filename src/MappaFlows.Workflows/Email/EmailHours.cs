namespace MappaFlows.Workflows.Email;

/// <summary>
/// When emails that are not urgent go out: from 8am to 6pm in London, on working days. At night no one would read them, and a list of
/// emails at midnight reads like an attack.
/// </summary>
public static class EmailHours
{
    public static readonly TimeOnly Opens = new(8, 0);

    public static readonly TimeOnly Closes = new(18, 0);

    /// <summary>The first moment of working hours from now on: now itself within them.</summary>
    public static DateTimeOffset From(DateTimeOffset now, WorkingCalendar calendar)
    {
        var today = LondonTime.Today(now);
        if (!calendar.IsWorkingDay(today) || now >= LondonTime.At(today, Closes))
            return LondonTime.At(calendar.NextWorkingDay(today), Opens);
        var opens = LondonTime.At(today, Opens);
        return now < opens ? opens : now;
    }
}
