using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// How an orchestration watches over one part of a case: attend to what is due, then wait for the doorbell or for the next date,
/// whichever is first, and attend again.
/// </summary>
public static class Steps
{
    /// <summary>Rounds in one history; then the orchestration continues as new, so that no history grows with the years.</summary>
    internal const int RoundsPerHistory = 25;

    /// <summary>An activity that fails is tried for about a day, so that a broken store at night needs nobody.</summary>
    internal static readonly TaskOptions LongRetry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(30, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    /// <summary>Watches until the part is over.</summary>
    /// <returns>What was found last; null when the orchestration is to continue as new.</returns>
    public static async Task<PartStatus?> OverAsync(TaskOrchestrationContext context, PartInput request)
    {
        var signal = new WakeUpSignal(context);
        for (var round = 0; round < RoundsPerHistory; round++)
        {
            var attention = await context.CallActivityAsync<PartStatus>(nameof(ProcessCasePart), request, LongRetry);
            if (attention.IsOver) return attention;
            context.SetCustomStatus(new NextStep(request.Part.ToString(), attention.NextStepAt));
            await signal.RungOrAsync(attention.NextStepAt);
        }

        return null;
    }
}

/// <summary>What an instance shows of itself: the part it watches and when it looks again.</summary>
public sealed record NextStep(string Watches, DateTime? LooksAgainAt);
