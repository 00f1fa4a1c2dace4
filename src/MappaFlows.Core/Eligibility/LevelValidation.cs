namespace MappaFlows.Core.Eligibility;

/// <summary>The check of a level against a category.</summary>
public static class LevelValidation
{
    /// <summary>Asks for a level at which the category can be managed.</summary>
    public static void Level(this Validation validation, ManagementLevel? level, Category? category, string field, string missing)
    {
        if (!validation.Given(level, field, missing)) return;
        validation.Require(Enum.IsDefined(level.Value), field, missing);
        if (category is null || !Enum.IsDefined(category.Value) || !Enum.IsDefined(level.Value)) return;
        var fits = EligibilityAssessment.CheckLevel(category.Value, level.Value);
        validation.Require(fits.Eligible, field, fits.Reason);
    }
}
