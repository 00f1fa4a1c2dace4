using System.Globalization;
using System.Text.RegularExpressions;

namespace MappaFlows.Core.Referrals;

/// <summary>The shapes of the numbers by which other systems know a person. The same number is always written the same.</summary>
public static partial class Identifiers
{
    /// <summary>The check letters of the Police National Computer, by the remainder of a division by their number.</summary>
    private const string CheckLetters = "ZABCDEFGHJKLMNPQRTUVWXY";

    /// <summary>
    /// A Police National Computer id as 2002/0123456W, from any spelling of it: the year with two or four digits, the number with or
    /// without its leading zeros. Null where it is none.
    /// </summary>
    /// <param name="today">A year of two digits is not after it.</param>
    public static string? Police(string text, DateOnly today)
    {
        if (PoliceShape().Match(Bare(text)) is not { Success: true } match) return null;
        var year = int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["year"].Length == 2) year += year > today.Year % 100 ? 1900 : 2000;
        var serial = int.Parse(match.Groups["serial"].ValueSpan, CultureInfo.InvariantCulture);
        if (serial == 0 || year < 1900 || year > today.Year) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}/{serial:0000000}{match.Groups["letter"].Value}");
    }

    /// <summary>Whether the last letter of an id that <see cref="Police"/> wrote fits its number.</summary>
    public static bool HasItsLetter(string police)
    {
        var number = int.Parse(police[2..4] + police[5..12], CultureInfo.InvariantCulture);
        return CheckLetters[number % CheckLetters.Length] == police[^1];
    }

    /// <summary>A probation case reference number as X123456; null where it is none.</summary>
    public static string? Probation(string text) => ProbationShape().IsMatch(Bare(text)) ? Bare(text) : null;

    /// <summary>The number in the offender management database, whose shape is not published: letters, digits, / and -.</summary>
    public static string? Database(string text) =>
        DatabaseShape().IsMatch(Bare(text)) && text.Any(char.IsAsciiDigit) ? Bare(text) : null;

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(
        @"^((?<year>[0-9]{4}|[0-9]{2})/(?<serial>[0-9]{1,7})|(?<year>[0-9]{4}|[0-9]{2})(?<serial>[0-9]{7}))(?<letter>[A-Z])\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PoliceShape();

    [GeneratedRegex(@"^[A-Z][0-9]{6}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ProbationShape();

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9/-]{0,29}\z", RegexOptions.NonBacktracking)]
    private static partial Regex DatabaseShape();
}
