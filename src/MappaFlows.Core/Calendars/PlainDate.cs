using System.Globalization;

namespace MappaFlows.Core.Calendars;

/// <summary>Dates and times as GOV.UK writes them, in London's time, in any language of the machine.</summary>
public static class PlainDate
{
    /// <summary>Such as "3 June 2026".</summary>
    public static string Of(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>
    /// Such as "3 June 2026 at 9:15am". A midnight says which of the day's two it is, as in "3 June 2026 at midnight, as the day begins": a
    /// deadline must not be read a day late.
    /// </summary>
    public static string Of(DateTimeOffset instant)
    {
        var local = LondonTime.ToLocal(instant).DateTime;
        var time = TimeOnly.FromDateTime(local);
        return $"{Of(DateOnly.FromDateTime(local))} at {Of(time)}{(time is { Hour: 0, Minute: 0 } ? ", as the day begins" : "")}";
    }

    /// <summary>Such as "9:15am", "midday" or "midnight".</summary>
    public static string Of(TimeOnly time) => time switch
    {
        { Hour: 0, Minute: 0 } => "midnight",
        { Hour: 12, Minute: 0 } => "midday",
        { Minute: 0 } => time.ToString("htt", CultureInfo.InvariantCulture).ToLowerInvariant(),
        _ => time.ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant(),
    };
}
