namespace MappaFlows.Workflows.Orchestrations;

/// <summary>What a step found: whether there is still something to wait for. Each orchestration adds its own times.</summary>
public abstract record StepStatus
{
    public required bool IsOpen { get; init; }
}
