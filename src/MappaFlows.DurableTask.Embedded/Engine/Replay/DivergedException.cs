namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>
/// The code of an orchestration took another way than its history. The instance is stopped, because going on would be guessing.
/// </summary>
internal sealed class DivergedException(int step, string expected, string found)
    : Exception($"Step {step} differs from the history: expected {expected}, found {found}. "
        + "The orchestration's code has changed, or it depends on something other than its history.")
{
    /// <summary>The type by which the SDK's own engines name this failure.</summary>
    public const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";
}
