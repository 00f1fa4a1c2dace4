namespace MappaFlows.Web.Labels;

/// <summary>Categories and what brings a person into each.</summary>
public static class CategoryLabels
{
    /// <summary>For example "Category 1: registered sexual offender".</summary>
    public static string Label(this Category category) => $"{category.Name()}: {category.ShortWords()}";

    /// <summary>What the category is called beside its number.</summary>
    public static string ShortWords(this Category category) => category switch
    {
        Category.Category1 => "registered sexual offender",
        Category.Category2 => "violent or other sexual offender",
        Category.Category3 => "other dangerous offender",
        Category.Category4 => "terrorist or terrorist-risk offender",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There are no words for this category."),
    };

    /// <summary>The test for the category, and what ends it.</summary>
    public static string Explanation(this Category category) => category switch
    {
        Category.Category1 =>
            "Has to notify the police under the Sexual Offences Act 2003. Ends when the notification requirement ends.",
        Category.Category2 =>
            "Sentenced for murder, an offence in Schedule 15 to the Criminal Justice Act 2003, or controlling or coercive behaviour: "
            + "12 months or more in custody (suspended sentences count), or a hospital or guardianship order. Ends when the sentence or order does.",
        Category.Category3 =>
            "Not in another category, but has committed an offence that shows they can cause serious harm, and needs formal meetings of agencies. "
            + "Levels 2 and 3 only. Ends by a recorded decision.",
        Category.Category4 =>
            "Convicted of a terrorist offence, or at risk of committing one. Ends with the licence or the terrorism notification requirement, whichever is later.",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There are no words for this category."),
    };
}
