namespace MappaFlows.Core.Meetings;

/// <summary>Times at which meetings are seldom held.</summary>
public static class MeetingTimes
{
    private const int FirstHour = 7;

    private const int LastHour = 19;

    /// <summary>Why the time may be a slip, as "at 3am on Christmas Day"; null where there is nothing odd about it.</summary>
    public static string? Unusual(DateTimeOffset startsAt, WorkingCalendar calendar)
    {
        var local = LondonTime.ToLocal(startsAt).DateTime;
        var day = DateOnly.FromDateTime(local);
        var isOddHour = local.Hour is < FirstHour or > LastHour;
        if (calendar.IsWorkingDay(day) && !isOddHour) return null;
        var date = calendar.BankHolidayOn(day)?.Title ?? $"a {day.DayOfWeek}";
        return isOddHour ? $"at {PlainDate.Of(TimeOnly.FromDateTime(local))} on {date}" : $"on {date}";
    }
}
