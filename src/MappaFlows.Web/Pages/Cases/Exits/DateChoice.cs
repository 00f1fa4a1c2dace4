using System.Globalization;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>
/// A date that can be chosen to be changed, and what it was when the page showed it: the person who chooses it has seen that.
/// </summary>
/// <param name="BasisId">The basis that ends on it; null where the date is the case's own.</param>
/// <param name="Seen">Null where it is not set, or has no end.</param>
public sealed record DateChoice(CaseDate Date, string? BasisId, DateOnly? Seen)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>All of it, as a form sends it.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Date}/{BasisId}/{Seen?.ToString(Day, CultureInfo.InvariantCulture)}");

    /// <summary>What it is called; with the number of its sentence or order where there are several.</summary>
    public required string Label { get; init; }

    /// <summary>What it is now, in words.</summary>
    public required string Now { get; init; }

    /// <summary>Every choice, as the dates stand.</summary>
    public static IReadOnlyList<DateChoice> Of(IReadOnlyList<ChangeableDate> dates) =>
    [
        .. dates.Select(date => new DateChoice(date.Date, date.Basis?.Id, date.Day)
        {
            Label = date.Basis is { } basis && dates.Count(other => other.Date == date.Date) > 1
                ? $"{date.Date.Label()} (number {basis.Id}, from {UkTime.Date(basis.StartsOn)})"
                : date.Date.Label(),
            Now = date switch
            {
                { Day: { } day } => $"Now {UkTime.Date(day)}",
                { Basis: null } => "Not set",
                _ => "Now without end",
            },
        }),
    ];

    /// <summary>
    /// What a form sent: which date, of which basis, and what it was when it was seen. All null where it is none of the choices.
    /// </summary>
    public static (CaseDate? Date, string? BasisId, DateOnly? Seen) Read(string? value)
    {
        if (value?.Split('/') is not [var which, var basis, var seen] || !Enum.TryParse<CaseDate>(which, out var date)) return default;
        return (
            date,
            basis.Length > 0 ? basis : null,
            DateOnly.TryParseExact(seen, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);
    }
}
