using System.Globalization;

namespace MappaFlows.Web.Labels;

/// <summary>
/// How counts of people are shown. A reader without a part in individual cases must not learn of one from a table: for them a count from
/// 1 to 4 is "fewer than 5", and every other count, totals too, is rounded to the nearest 5, so that no subtraction gives it away.
/// </summary>
/// <param name="IsExact">Whether the reader works on cases and sees counts as they are.</param>
public readonly record struct SuppressedCount(bool IsExact)
{
    private const int Step = 5;

    public string Show(int count) => count switch
    {
        0 => "0",
        _ when IsExact => count.ToString("N0", CultureInfo.InvariantCulture),
        < Step => $"fewer than {Step}",
        _ => ((count + (Step / 2)) / Step * Step).ToString("N0", CultureInfo.InvariantCulture),
    };
}
