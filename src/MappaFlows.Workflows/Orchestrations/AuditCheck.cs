using MappaFlows.Workflows.Auditing;
using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Checks anchors one after another, however many there are: each is an activity that keeps what it found, so that nothing is lost where
/// this ends early. It shows how far it is as its custom status.
/// </summary>
public sealed class AuditCheck : TaskOrchestrator<CheckProgress, CheckProgress>
{
    /// <summary>Anchors in one history; then the orchestration continues as new, so that ten years of anchors make no long one.</summary>
    private const int AnchorsPerHistory = 50;

    /// <summary>Whoever asked is waiting: a store that cannot be reached for an hour ends the check, and the page says so.</summary>
    private static readonly TaskOptions ForAnHour = TaskOptions.FromRetryPolicy(
        new RetryPolicy(12, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)));

    public override async Task<CheckProgress> RunAsync(TaskOrchestrationContext context, CheckProgress input)
    {
        var progress = input;
        for (var round = 0; !progress.IsOver; round++)
        {
            if (round == AnchorsPerHistory)
            {
                context.ContinueAsNew(progress);
                return progress;
            }

            context.SetCustomStatus(new CheckStatus(progress.Anchors, progress.Last - progress.First + 1, progress.Disagreements));
            progress = await context.CallActivityAsync<CheckProgress>(nameof(CheckAnchor), progress, ForAnHour);
        }

        context.SetCustomStatus(new CheckStatus(progress.Anchors, progress.Anchors, progress.Disagreements));
        return progress;
    }
}

/// <summary>What a check shows of itself: how many anchors are done, of how many, and what it has found.</summary>
public sealed record CheckStatus(long Checked, long Of, long Disagreements);
