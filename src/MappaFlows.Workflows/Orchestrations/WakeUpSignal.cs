namespace MappaFlows.Workflows.Orchestrations;

/// <summary>The signal that wakes an orchestration before its time. It carries nothing: it says "look again".</summary>
public static class WakeUpSignal
{
    /// <summary>The event that every orchestration listens to.</summary>
    public const string Name = "WakeUp";
}
