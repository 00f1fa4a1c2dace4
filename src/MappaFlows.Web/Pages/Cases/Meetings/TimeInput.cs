using System.Globalization;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>A time of day as people type it: 10:30am, 2pm, 14:30, midday.</summary>
public static class TimeInput
{
    private static readonly string[] Formats = ["H:mm", "HH:mm", "h:mmtt", "htt", "HHmm"];

    /// <summary>The time, or null where the text is none.</summary>
    public static TimeOnly? Read(string? text)
    {
        var bare = TextPolicy.Clean(text ?? "").Replace(" ", "", StringComparison.Ordinal).Replace('.', ':').ToUpperInvariant();
        return bare switch
        {
            "MIDDAY" or "NOON" => new TimeOnly(12, 0),
            _ => TimeOnly.TryParseExact(bare, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
        };
    }

    /// <summary>The time as it stands in a field, for example "14:30".</summary>
    public static string Write(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
