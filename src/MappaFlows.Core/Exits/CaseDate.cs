namespace MappaFlows.Core.Exits;

/// <summary>A date of a case that clocks come from.</summary>
public enum CaseDate
{
    SentenceExpiry,
    NotificationEnd,
    Release,
    LicenceEnd,

    /// <summary>Category 4: the end of licence or of terrorism notification, whichever is later.</summary>
    TerrorismRequirementEnd,
}

/// <summary>What a date is the end of.</summary>
public static class CaseDates
{
    /// <summary>The category whose bases end on this date; null where the date is the case's own.</summary>
    public static Category? Ends(this CaseDate date) => date switch
    {
        CaseDate.SentenceExpiry => Category.Category2,
        CaseDate.NotificationEnd => Category.Category1,
        CaseDate.TerrorismRequirementEnd => Category.Category4,
        _ => null,
    };

    /// <summary>Whether it may be that no date is set for ever: the end of a requirement, a life sentence or an order.</summary>
    public static bool MayHaveNoEnd(this CaseDate date) => date.Ends() is not null;
}

/// <summary>A date that can be given another value.</summary>
/// <param name="Basis">The basis that ends on it; null where the date is the case's own.</param>
/// <param name="Day">The date as it stands; null where it is not set, or has no end.</param>
public sealed record ChangeableDate(CaseDate Date, EligibilityBasis? Basis, DateOnly? Day);
