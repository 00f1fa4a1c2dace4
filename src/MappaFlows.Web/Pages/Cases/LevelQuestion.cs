namespace MappaFlows.Web.Pages.Cases;

/// <summary>What a meeting and a review both ask: the level from now on, and why.</summary>
public sealed record LevelQuestion(CaseState Case, ManagementLevel? Level, string? LevelReasons);
