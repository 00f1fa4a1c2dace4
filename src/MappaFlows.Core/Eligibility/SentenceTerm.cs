using System.Globalization;

namespace MappaFlows.Core.Eligibility;

/// <summary>How long a sentence is, as the court said it. Each part is 0 or more.</summary>
/// <param name="Years">Calendar years.</param>
/// <param name="Months">Calendar months.</param>
/// <param name="Weeks">Seven days each.</param>
/// <param name="Days">Days.</param>
public readonly record struct SentenceTerm(int Years, int Months, int Weeks, int Days)
{
    private const int LongestMonths = 1200;

    /// <summary>Whether no part is negative and the whole is longer than nothing and 100 years or less.</summary>
    public bool IsPlausible =>
        Years >= 0 && Months >= 0 && Weeks >= 0 && Days >= 0 && CompareToMonths(0) > 0 && CompareToMonths(LongestMonths) <= 0;

    public static SentenceTerm OfYears(int years) => new(years, 0, 0, 0);

    public static SentenceTerm OfMonths(int months) => new(0, months, 0, 0);

    public static SentenceTerm OfWeeks(int weeks) => new(0, 0, weeks, 0);

    public static SentenceTerm OfDays(int days) => new(0, 0, 0, days);

    /// <summary>Consecutive terms add up. Concurrent terms do not: there the longest counts.</summary>
    public static SentenceTerm operator +(SentenceTerm a, SentenceTerm b) =>
        new(a.Years + b.Years, a.Months + b.Months, a.Weeks + b.Weeks, a.Days + b.Days);

    /// <summary>
    /// Less than zero when this term is shorter than so many months, more than zero when it is longer.
    /// Weeks and days are weighed against months of one twelfth of 365 days, so that 26 weeks are within 6 months
    /// whenever they were passed, and 365 days are 12 months.
    /// </summary>
    public int CompareToMonths(int months)
    {
        const int DaysInYear = 365;
        const int MonthsInYear = 12;
        var whole = (Years * (long)MonthsInYear) + Months;
        var days = (Weeks * 7L) + Days;
        return ((whole - months) * DaysInYear + (days * MonthsInYear)).CompareTo(0L);
    }

    /// <summary>The last day of the term when it begins with <paramref name="start"/>.</summary>
    public DateOnly LastDay(DateOnly start)
    {
        var months = start.AddMonths(checked((Years * 12) + Months));
        var days = (Weeks * 7) + Days;

        // Where the month is too short the clamped day is already the last one; any further days count on from there.
        var clamped = months.Day != start.Day;
        return months.AddDays(clamped ? days : days - 1);
    }

    /// <summary>Such as "2 years and 6 months".</summary>
    public override string ToString()
    {
        string[] parts = [.. new[] { (Years, "year"), (Months, "month"), (Weeks, "week"), (Days, "day") }
            .Where(p => p.Item1 != 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1} {p.Item2}{(p.Item1 == 1 ? "" : "s")}"))];
        return parts.Length switch
        {
            0 => "no time",
            1 => parts[0],
            _ => $"{string.Join(", ", parts[..^1])} and {parts[^1]}",
        };
    }
}
