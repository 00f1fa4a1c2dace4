using MappaFlows.Core.Cases;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>What a meeting and a review both ask: the level from now on, and why.</summary>
public sealed record LevelQuestion(Case Case, ManagementLevel? Level, string? LevelReasons);
