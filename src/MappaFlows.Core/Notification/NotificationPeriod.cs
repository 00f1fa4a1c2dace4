namespace MappaFlows.Core.Notification;

/// <summary>How long a sexual offender must notify the police, and the rule that says so.</summary>
/// <param name="StartsOn">The relevant date: of conviction, finding or caution. It is the first day of the period.</param>
/// <param name="EndsOn">The last day, on the whole of which the requirement still holds, or null when it is indefinite.</param>
/// <param name="Row">The row of the table that applies, such as "Imprisonment for 6 months or less".</param>
/// <param name="Length">Such as "84 months", or "indefinite".</param>
/// <param name="Under18">Whether the person was under 18 on the relevant date.</param>
/// <param name="Edition">The edition of the table.</param>
/// <param name="Confidence">One of <see cref="SourceConfidence"/>.</param>
/// <param name="Source">The law behind the table.</param>
public sealed record NotificationPeriod(
    DateOnly StartsOn,
    DateOnly? EndsOn,
    string Row,
    string Length,
    bool Under18,
    string Edition,
    string Confidence,
    string Source)
{
    public bool Indefinite => EndsOn is null;

    /// <summary>Plain words for what makes the date.</summary>
    public string Explain()
    {
        var age = Under18 ? ", under 18 on that day" : "";
        var length = Indefinite ? "An indefinite period" : Length;
        return $"{length} beginning with the day of conviction, finding or caution on {PlainDate.Of(StartsOn)}. "
            + $"{Row}{age}. {Source} Edition {Edition}: {SourceConfidence.Describe(Confidence)}.";
    }

    /// <summary>The Category 1 basis that the period makes.</summary>
    public EligibilityBasis ToBasis(string id, string description) =>
        new(id, Category.Category1, description, StartsOn, EndsOn, Indefinite, EndRules.NotificationPeriod);
}
