using System.Globalization;

namespace MappaFlows.Core.Policy;

/// <summary>Dates and times as GOV.UK writes them, whatever the machine's language is.</summary>
public static class PlainDate
{
    /// <summary>Such as "3 June 2026".</summary>
    public static string Of(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Such as "9:15am", "midday" or "midnight".</summary>
    public static string Of(TimeOnly time) => time switch
    {
        { Hour: 0, Minute: 0 } => "midnight",
        { Hour: 12, Minute: 0 } => "midday",
        { Minute: 0 } => time.ToString("htt", CultureInfo.InvariantCulture).ToLowerInvariant(),
        _ => time.ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant(),
    };
}
