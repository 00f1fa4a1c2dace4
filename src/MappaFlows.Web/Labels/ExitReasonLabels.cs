namespace MappaFlows.Web.Labels;

/// <summary>Why cases end.</summary>
public static class ExitReasonLabels
{
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
}
