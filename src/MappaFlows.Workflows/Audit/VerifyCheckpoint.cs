using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Audit;

/// <summary>The activity of a check: compares every case of the next checkpoint with its record. Harmless when it runs twice.</summary>
public sealed class VerifyCheckpoint(CheckpointVerifier check) : TaskActivity<VerificationProgress, VerificationProgress>
{
    public override Task<VerificationProgress> RunAsync(TaskActivityContext context, VerificationProgress input) =>
        check.VerifyNextAsync(input);
}
