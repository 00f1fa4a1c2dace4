namespace MappaFlows.Core.Eligibility;

/// <summary>What ends an eligibility basis.</summary>
public static class EndRules
{
    /// <summary>The sexual offender notification requirement ends.</summary>
    public const string NotificationPeriod = "notification-period";

    /// <summary>The sentence expires: custody, licence, hospital and restriction order are all over.</summary>
    public const string SentenceExpiry = "sentence-expiry";

    /// <summary>A recorded decision that formal meetings are no longer needed.</summary>
    public const string RecordedDecision = "recorded-decision";

    /// <summary>The licence or the terrorism notification requirement ends.</summary>
    public const string TerrorismNotification = "terrorism-notification";

    public static IReadOnlyList<string> All { get; } =
        [NotificationPeriod, SentenceExpiry, RecordedDecision, TerrorismNotification];

    /// <summary>What ends, as the subject of a sentence, such as "the notification requirement".</summary>
    public static string Describe(string rule) => rule switch
    {
        NotificationPeriod => "the notification requirement",
        SentenceExpiry => "the sentence",
        RecordedDecision => "the need for formal meetings",
        TerrorismNotification => "the licence or terrorism notification requirement",
        _ => "the basis",
    };
}
