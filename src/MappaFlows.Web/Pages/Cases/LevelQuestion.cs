namespace MappaFlows.Web.Pages.Cases;

/// <summary>What a meeting and a review both ask: the level from now on, and why.</summary>
public sealed record LevelQuestion(CaseState Case, ManagementLevel? Level, string? LevelReasons)
{
    /// <summary>The answers, on the check page.</summary>
    public static IEnumerable<CheckRow> Rows(ManagementLevel? level, string? reasons)
    {
        yield return new("Level from now on", level?.Label());
        if (!TextPolicy.IsBlank(reasons)) yield return new("Why this level", reasons);
    }

    /// <summary>What follows where the level changes.</summary>
    public static IEnumerable<string> Follows(CaseState state, ManagementLevel? level)
    {
        if (level is { } to && state.Level is { } from && to != from)
            yield return $"The person is managed at {to.Name().ToLowerInvariant()} instead of {from.Name().ToLowerInvariant()} from now on.";
    }
}
