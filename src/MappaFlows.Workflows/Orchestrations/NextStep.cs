namespace MappaFlows.Workflows.Orchestrations;

/// <summary>What an instance shows of itself: its next step and when that is. Neither is there where only a signal can wake it.</summary>
public sealed record NextStep(string? Step, DateTimeOffset? At);
