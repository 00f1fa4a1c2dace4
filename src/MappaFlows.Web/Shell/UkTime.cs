using System.Globalization;

namespace MappaFlows.Web.Shell;

/// <summary>Dates and times as people in England and Wales read them: GOV.UK style, in UK local time.</summary>
public static class UkTime
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>For example "1 June 2026".</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", English);

    /// <summary>The UK date of an instant, for example "1 June 2026".</summary>
    public static string Date(DateTimeOffset instant) => Date(DateOnly.FromDateTime(Local(instant).DateTime));

    /// <summary>For example "1 June 2026 at 9:05am"; "midday" and "midnight" in words.</summary>
    public static string DateAndTime(DateTimeOffset instant) => $"{Date(instant)} at {Time(instant)}";

    /// <summary>For example "9:05am", "5pm", "midday".</summary>
    public static string Time(DateTimeOffset instant)
    {
        var local = Local(instant);
        return (local.Hour, local.Minute) switch
        {
            (0, 0) => "midnight",
            (12, 0) => "midday",
            (_, 0) => local.ToString("%h", English) + Half(local),
            _ => local.ToString("h:mm", English) + Half(local),
        };
    }

    private static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London);

    private static string Half(DateTimeOffset local) => local.Hour < 12 ? "am" : "pm";
}
