using NodaTime;
using NodaTime.Text;

namespace MappaFlows.Local.Clock;

/// <summary>A duration of ISO 8601, such as P10Y, P6M, P2W, PT72H or P1DT12H. Years and months are those of the calendar.</summary>
public sealed record IsoDuration
{
    private const long MaxDays = 182_500;

    private readonly Period _period;

    private IsoDuration(Period period) => _period = period;

    /// <summary>Reads a duration of whole numbers, longer than nothing and at most 500 years.</summary>
    /// <returns>Null where the text is no such duration.</returns>
    public static IsoDuration? Parse(string? text)
    {
        var given = text?.Trim().ToUpperInvariant() ?? "";
        // The library lets a time without parts pass.
        if (given.EndsWith('T') || PeriodPattern.Roundtrip.Parse(given) is not { Success: true, Value: var period })
            return null;
        long[] parts = [period.Years, period.Months, period.Weeks, period.Days, period.Hours, period.Minutes, period.Seconds];
        if (period is not { Milliseconds: 0, Ticks: 0, Nanoseconds: 0 } || Array.Exists(parts, part => part is < 0 or > 15_768_000_000))
            return null;
        var months = ((long)period.Years * 12) + period.Months;
        var days = (period.Weeks * 7L) + period.Days;
        var seconds = (period.Hours * 3600) + (period.Minutes * 60) + period.Seconds;
        return months > 6_000 || days > MaxDays || seconds > MaxDays * 86_400 || months + days + seconds == 0
            ? null
            : new IsoDuration(period);
    }

    /// <summary>The instant so much later.</summary>
    /// <returns>Null where that is beyond the calendar.</returns>
    public DateTimeOffset? After(DateTimeOffset instant)
    {
        try
        {
            var start = LocalDateTime.FromDateTime(instant.UtcDateTime);
            return new DateTimeOffset((start + _period).ToDateTimeUnspecified(), TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }
}
