using System.Globalization;
using System.Text.RegularExpressions;

namespace MappaFlows.Local.Clock;

/// <summary>A duration of ISO 8601, such as P10Y, P6M, P2W, PT72H or P1DT12H. Years and months are those of the calendar.</summary>
public sealed partial record IsoDuration
{
    private readonly int _months;
    private readonly TimeSpan _time;

    private IsoDuration(int months, TimeSpan time)
    {
        _months = months;
        _time = time;
    }

    /// <summary>Reads a duration of whole numbers, longer than nothing and at most 500 years.</summary>
    public static IsoDuration? Parse(string? text)
    {
        if (text is null || Pattern().Match(text.Trim()) is not { Success: true } match) return null;
        var months = (Number("y") * 12) + Number("mo");
        var days = (Number("w") * 7) + Number("d");
        var seconds = (Number("h") * 3600) + (Number("mi") * 60) + Number("s");
        if (months > 6_000 || days > 182_500 || seconds > 15_768_000_000) return null;
        var duration = new IsoDuration((int)months, TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds));
        return duration is { _months: 0, _time.Ticks: 0 } ? null : duration;

        long Number(string group) =>
            match.Groups[group] is { Success: true } found ? long.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The instant so much later.</summary>
    /// <returns>Null where that is beyond the calendar.</returns>
    public DateTimeOffset? After(DateTimeOffset instant)
    {
        try
        {
            return instant.AddMonths(_months) + _time;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"^P(?=[0-9T])((?<y>\d{1,9})Y)?((?<mo>\d{1,9})M)?((?<w>\d{1,9})W)?((?<d>\d{1,9})D)?(T(?=\d)((?<h>\d{1,9})H)?((?<mi>\d{1,9})M)?((?<s>\d{1,9})S)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
