namespace MappaFlows.Core.Eligibility;

/// <summary>
/// One reason why a person is managed. Every basis that was ever recorded is kept: when one ends, the next that holds takes over.
/// </summary>
/// <param name="Id">Opaque, and unique within the case.</param>
/// <param name="Category">The category that it puts the person in.</param>
/// <param name="Description">A key for what it is, such as a disposal; no personal data.</param>
/// <param name="StartsOn">The first day on which it holds.</param>
/// <param name="EndsOn">
/// The last day, on the whole of which it still holds. Null when it is indefinite, ends by a decision, or its end is not known yet.
/// </param>
/// <param name="Indefinite">Whether no passing of time ends it.</param>
/// <param name="EndRule">What ends it: one of <see cref="EndRules"/>.</param>
public sealed record EligibilityBasis(
    string Id,
    Category Category,
    string Description,
    DateOnly StartsOn,
    DateOnly? EndsOn,
    bool Indefinite,
    string EndRule)
{
    /// <summary>Whether it holds on that day.</summary>
    public bool HoldsOn(DateOnly day) => StartsOn <= day && (EndsOn is not { } end || day <= end);

    /// <summary>What is wrong with it, in one sentence, or null.</summary>
    public string? Problem() => this switch
    {
        { Indefinite: true, EndsOn: not null } => "A basis cannot be indefinite and have an end date.",
        { EndsOn: { } end } when end < StartsOn => "A basis cannot end before it starts.",
        { Category: Category.Category3, Indefinite: true } => "A Category 3 basis ends by a decision. It cannot be indefinite.",
        _ => EndRules.All.Contains(EndRule) ? null : $"There is no rule \"{EndRule}\" that ends a basis.",
    };
}
