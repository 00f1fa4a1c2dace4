using MappaFlows.Core.Calendars;
using MappaFlows.Core.Policy;

namespace MappaFlows.Web.Shell;

/// <summary>Dates and times as people in England and Wales read them: GOV.UK style, in UK local time.</summary>
public static class UkTime
{
    /// <summary>For example "1 June 2026".</summary>
    public static string Date(DateOnly date) => PlainDate.Of(date);

    /// <summary>The UK date of an instant, for example "1 June 2026".</summary>
    public static string Date(DateTimeOffset instant) => Date(LondonTime.Today(instant));

    /// <summary>For example "1 June 2026 at 9:05am". A midnight says which of the day's two it is: a deadline must not be read a day late.</summary>
    public static string DateAndTime(DateTimeOffset instant) =>
        $"{Date(instant)} at {Time(instant)}{(TimeOf(instant) is { Hour: 0, Minute: 0 } ? ", as the day begins" : "")}";

    /// <summary>For example "9:05am", "5pm", "midday".</summary>
    public static string Time(DateTimeOffset instant) => PlainDate.Of(TimeOf(instant));

    private static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(LondonTime.ToLocal(instant).DateTime);
}
