namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>How cases end, and the dates that decide it.</summary>
public static class ExitLabels
{
    public static string Label(this CaseDate date) => date switch
    {
        CaseDate.SentenceExpiry => "Sentence expiry",
        CaseDate.NotificationEnd => "End of notification",
        CaseDate.Release => "Release",
        CaseDate.LicenceEnd => "End of licence",
        CaseDate.TerrorismRequirementEnd => "End of licence or terrorism notification",
        _ => throw new ArgumentOutOfRangeException(nameof(date), date, "There are no words for this date."),
    };

    /// <summary>What the basis rests on, for example "The notification requirement".</summary>
    public static string Label(this EligibilityBasis basis)
    {
        var rule = EndRules.Describe(basis.EndRule);
        return char.ToUpperInvariant(rule[0]) + rule[1..];
    }
}
