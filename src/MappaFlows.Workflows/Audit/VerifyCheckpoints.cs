using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// Checks checkpoints one after another, however many there are: each is an activity that keeps what it found, so that nothing is lost
/// where this ends early. It shows how far it is as its custom status.
/// </summary>
public sealed class VerifyCheckpoints : TaskOrchestrator<VerificationProgress, VerificationProgress>
{
    /// <summary>
    /// Checkpoints in one history; then the orchestration continues as new, so that ten years of checkpoints make no long one.
    /// </summary>
    private const int CheckpointsPerHistory = 50;

    /// <summary>
    /// A person waits for the result: a store that cannot be reached for an hour ends the verification, and the page says so.
    /// </summary>
    private static readonly TaskOptions OneHourRetry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(12, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    public override async Task<VerificationProgress> RunAsync(TaskOrchestrationContext context, VerificationProgress input)
    {
        var progress = input;
        for (var round = 0; !progress.IsOver; round++)
        {
            if (round == CheckpointsPerHistory)
            {
                context.ContinueAsNew(progress);
                return progress;
            }

            context.SetCustomStatus(
                new VerificationStatus(progress.Checkpoints, progress.Last - progress.First + 1, progress.Discrepancies));
            progress = await context.CallActivityAsync<VerificationProgress>(nameof(VerifyCheckpoint), progress, OneHourRetry);
        }

        context.SetCustomStatus(new VerificationStatus(progress.Checkpoints, progress.Checkpoints, progress.Discrepancies));
        return progress;
    }
}

/// <summary>What a check shows of itself: how many checkpoints are done, of how many, and what it has found.</summary>
public sealed record VerificationStatus(long Checked, long Of, long Discrepancies);
