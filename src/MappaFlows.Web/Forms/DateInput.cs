using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Forms;

/// <summary>A date as it was typed into three fields. It keeps what was typed, right or wrong, so that nothing is lost.</summary>
/// <remarks>
/// As a page's property it is null where all three fields are blank, so <c>[Required]</c> says that a date is needed; every other fault
/// is an error in the model state that names the property by its display name.
/// </remarks>
[ModelBinder(typeof(DateInputBinder))]
public sealed record DateInput(string? Day, string? Month, string? Year)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The fields as they stand for a date.</summary>
    public static DateInput From(DateOnly date) => new(
        date.Day.ToString(CultureInfo.InvariantCulture),
        date.Month.ToString(CultureInfo.InvariantCulture),
        date.Year.ToString("0000", CultureInfo.InvariantCulture));

    /// <summary>The date, or null where the fields make none.</summary>
    [JsonIgnore]
    public DateOnly? Value => Read("Date").Value;

    /// <summary>Whether all three fields are blank.</summary>
    [JsonIgnore]
    public bool IsBlank => Missing == DateParts.All;

    /// <summary>The date, or what is wrong with it in words that start with the field's name.</summary>
    /// <param name="name">What the date is of, for example "Date of birth".</param>
    public DateReading Read(string name)
    {
        if (IsBlank)
            return DateReading.Fault($"Enter {LowerFirst(name)}", DateParts.All);
        if (Missing != DateParts.None)
            return DateReading.Fault($"{name} must include a {InWords(Missing)}", Missing);

        var year = Number(Year);
        if (year is null || TextPolicy.Clean(Year!).Length != 4)
            return DateReading.Fault($"{name} must have a year of 4 numbers, for example 2026", DateParts.Year);

        var day = Number(Day);
        var month = Number(Month) ?? MonthOfName(TextPolicy.Clean(Month!));
        var wrong = (day is >= 1 and <= 31 ? DateParts.None : DateParts.Day)
            | (month is >= 1 and <= 12 ? DateParts.None : DateParts.Month)
            | (year >= 1 ? DateParts.None : DateParts.Year);
        if (wrong == DateParts.None && day > DateTime.DaysInMonth(year.Value, month!.Value))
            wrong = DateParts.Day;
        return wrong == DateParts.None
            ? new DateReading(new DateOnly(year.Value, month!.Value, day!.Value), null, DateParts.None)
            : DateReading.Fault($"{name} must be a real date", wrong);
    }

    private DateParts Missing =>
        (TextPolicy.IsBlank(Day) ? DateParts.Day : DateParts.None)
        | (TextPolicy.IsBlank(Month) ? DateParts.Month : DateParts.None)
        | (TextPolicy.IsBlank(Year) ? DateParts.Year : DateParts.None);

    private static string InWords(DateParts parts) =>
        string.Join(" and ", Enum.GetValues<DateParts>()
            .Where(part => part is DateParts.Day or DateParts.Month or DateParts.Year && parts.HasFlag(part))
            .Select(part => part.ToString().ToLowerInvariant()));

    private static int? Number(string? text) =>
        int.TryParse(text is null ? null : TextPolicy.Clean(text),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static int? MonthOfName(string text)
    {
        for (var month = 1; month <= 12; month++)
        {
            var name = English.DateTimeFormat.GetMonthName(month);
            if (text.Length >= 3 && name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
                return month;
        }

        return null;
    }

    // "Date of birth" starts a sentence, "Enter date of birth" does not; "MAPPA start date" keeps its capitals.
    private static string LowerFirst(string name) =>
        name.Length > 1 && char.IsUpper(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>The fields of a date.</summary>
[Flags]
public enum DateParts
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The day of the month.</summary>
    Day = 1,

    /// <summary>The month.</summary>
    Month = 2,

    /// <summary>The year.</summary>
    Year = 4,

    /// <summary>All three.</summary>
    All = Day | Month | Year,
}

/// <summary>What three fields amount to: a date, or an error and the fields to mark.</summary>
public sealed record DateReading(DateOnly? Value, string? Error, DateParts Wrong)
{
    internal static DateReading Fault(string error, DateParts wrong) => new(null, error, wrong);
}
