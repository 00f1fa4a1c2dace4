namespace MappaFlows.Durable;

/// <summary>The code of an orchestration took another way than its history: the instance is stopped, for going on would be guessing.</summary>
public sealed class NonDeterministicOrchestrationException(int step, string expected, string found)
    : Exception($"Step {step} differs from the history: expected {expected}, found {found}. "
        + "The orchestration's code has changed, or it depends on something other than its history.")
{
    /// <summary>The number of the step, from 0, in the order in which the orchestration asked for its tasks.</summary>
    public int Step { get; } = step;

    /// <summary>What the history has there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What the code asked for.</summary>
    public string Found { get; } = found;
}
