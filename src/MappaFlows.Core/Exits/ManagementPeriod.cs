namespace MappaFlows.Core.Exits;

/// <summary>A stretch of time in which one basis manages the person.</summary>
/// <param name="From">Its first day.</param>
/// <param name="LastDay">Its last day, or null when it has no known end.</param>
/// <param name="Basis">The basis, or null when none holds and a later one is recorded.</param>
/// <param name="Explanation">One plain sentence.</param>
public sealed record ManagementPeriod(DateOnly From, DateOnly? LastDay, EligibilityBasis? Basis, string Explanation);
