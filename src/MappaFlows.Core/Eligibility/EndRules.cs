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

    /// <summary>The basis that puts a person in a category, ended by what ends that category.</summary>
    /// <param name="id">Unique within the case.</param>
    /// <param name="endsOn">The last day on which it holds; null where none is known, or it is indefinite.</param>
    public static EligibilityBasis BasisFor(Category category, string id, DateOnly startsOn, DateOnly? endsOn, bool indefinite)
    {
        var (description, endRule) = category switch
        {
            Category.Category1 => ("notification", NotificationPeriod),
            Category.Category2 => ("sentence", SentenceExpiry),
            Category.Category3 => ("dangerous", RecordedDecision),
            Category.Category4 => ("terrorism", TerrorismNotification),
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There is no such category."),
        };
        return new(id, category, description, startsOn, endsOn, indefinite, endRule);
    }

    /// <summary>What ends, as the subject of a sentence, such as "the notification requirement".</summary>
    public static string Describe(string rule) => rule switch
    {
        NotificationPeriod => "the notification requirement",
        SentenceExpiry => "the sentence or order",
        RecordedDecision => "the need for formal meetings",
        TerrorismNotification => "the licence or terrorism notification requirement",
        _ => "the basis",
    };
}
