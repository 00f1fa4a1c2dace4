using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// The life of a case. A referral is screened. If it is accepted, the person is managed: reviews are held at the rhythm of the level and,
/// beside them, the exit is watched, until the person is no longer managed.
/// </summary>
public sealed class CaseLifecycle : TaskOrchestrator<CaseInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var ids = input.Instances;
        var isAccepted = await context.CallSubOrchestratorAsync<bool>(nameof(Screening), input, WithId(ids.Screening));
        if (!isAccepted) return "Not accepted";

        var reviews = context.CallSubOrchestratorAsync(nameof(LevelReview), input, WithId(ids.Review));
        var exit = context.CallSubOrchestratorAsync(nameof(ExitWatch), input, WithId(ids.Exit));
        await Task.WhenAll(reviews, exit);
        return "Closed";
    }

    private static SubOrchestrationOptions WithId(string instanceId) => new(instanceId: instanceId);
}
