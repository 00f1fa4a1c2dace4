namespace MappaFlows.Core.Eligibility;

/// <summary>Who is eligible, and by which of their bases a person is managed.</summary>
public static class EligibilityAssessment
{
    /// <summary>
    /// The basis that manages the person on that day, or null when none holds. One category goes before another as the rules say;
    /// within a category the basis that holds longest.
    /// </summary>
    public static EligibilityBasis? On(IEnumerable<EligibilityBasis> bases, DateOnly day, EligibilityRules? rules = null)
    {
        rules ??= EligibilityRules.Default;
        return bases
            .Where(b => b.HoldsOn(day))
            .OrderBy(b => rules.RankOf(b.Category))
            .ThenByDescending(b => b.Indefinite)
            .ThenByDescending(b => b.EndsOn ?? DateOnly.MaxValue)
            .ThenBy(b => b.StartsOn)
            .ThenBy(b => b.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Whether a sentence makes someone eligible for Category 2. A suspended sentence counts as the term it suspends.</summary>
    /// <param name="offence">The kind of offence.</param>
    /// <param name="disposal">What the court did.</param>
    /// <param name="term">The term, when the disposal is imprisonment.</param>
    /// <param name="sentencedOn">The day of the sentence: the offences that count have changed.</param>
    /// <param name="rules">The rules, or null for those that come with the product.</param>
    public static EligibilityAnswer CheckCategory2(
        Offence offence, Disposal disposal, SentenceTerm? term, DateOnly sentencedOn, EligibilityRules? rules = null)
    {
        var rule = (rules ?? EligibilityRules.Default).Category2;
        var counted = rule.Offences.FirstOrDefault(o => o.Offence == offence);
        if (counted is null)
            return new EligibilityAnswer(false, "This offence does not count for Category 2.", rule.Confidence, rule.Source);
        if (sentencedOn < counted.From)
        {
            return new EligibilityAnswer(
                false,
                $"This offence counts for Category 2 when the sentence was passed on or after {PlainDate.Of(counted.From)}.",
                counted.Confidence,
                counted.Source);
        }

        return disposal switch
        {
            Disposal.LifeOrPublicProtection => Yes("A sentence without a fixed end counts for Category 2."),
            Disposal.HospitalOrder or Disposal.HospitalOrderWithRestriction => Yes("A hospital order counts for Category 2."),
            Disposal.GuardianshipOrder => Yes("A guardianship order counts for Category 2."),
            Disposal.Imprisonment when term is null => No("Enter the length of the sentence."),
            Disposal.Imprisonment when term.Value.CompareToMonths(rule.MinimumMonths) >= 0 =>
                Yes($"A custodial sentence of {rule.MinimumMonths} months or more, suspended or not, counts for Category 2."),
            Disposal.Imprisonment => No($"Category 2 needs a custodial sentence of {rule.MinimumMonths} months or more."),
            _ => No($"Category 2 needs a custodial sentence of {rule.MinimumMonths} months or more, or a hospital or guardianship order."),
        };

        EligibilityAnswer Yes(string reason) => new(true, reason, rule.Confidence, rule.Source);
        EligibilityAnswer No(string reason) => new(false, reason, rule.Confidence, rule.Source);
    }

    /// <summary>The lowest level at which a category can be managed.</summary>
    public static ManagementLevel LowestLevel(Category category, EligibilityRules? rules = null) =>
        Enum.GetValues<ManagementLevel>().First(level => CheckLevel(category, level, rules).Eligible);

    /// <summary>Whether a category can be managed at a level.</summary>
    public static EligibilityAnswer CheckLevel(Category category, ManagementLevel level, EligibilityRules? rules = null)
    {
        var rule = (rules ?? EligibilityRules.Default).Levels;
        if (category != Category.Category3 || rule.Category3.Contains(level))
            return new EligibilityAnswer(true, "The category can be managed at this level.", rule.Confidence, rule.Source);

        var levels = string.Join(" or ", rule.Category3.Order().Select(l => (int)l));
        return new EligibilityAnswer(false, $"Category 3 can only be managed at level {levels}.", rule.Confidence, rule.Source);
    }
}
