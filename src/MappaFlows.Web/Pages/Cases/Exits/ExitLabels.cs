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

    public static string Label(this ExitReason reason) => reason switch
    {
        ExitReason.NotificationEnded => "The notification requirement ended",
        ExitReason.SentenceExpired => "The sentence expired",
        ExitReason.MeetingsNoLongerNeeded => "Formal meetings are no longer needed",
        ExitReason.TerrorismRequirementEnded => "The licence or terrorism notification requirement ended",
        ExitReason.Death => "The person died",
        ExitReason.ConvictionQuashed => "The conviction was quashed",
        ExitReason.TransferredToAnotherArea => "Transferred to another area",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "There are no words for this reason."),
    };

    /// <summary>What the basis rests on, for example "The notification requirement".</summary>
    public static string Label(this EligibilityBasis basis)
    {
        var rule = EndRules.Describe(basis.EndRule);
        return char.ToUpperInvariant(rule[0]) + rule[1..];
    }
}
