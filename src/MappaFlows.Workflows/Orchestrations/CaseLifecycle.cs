using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// The life of a case. A referral is screened. If it is accepted, the person is managed: reviews are held at the level's rhythm, and
/// beside them the exit is watched, until the person is no longer managed.
/// </summary>
public sealed class CaseLifecycle : TaskOrchestrator<CaseInput, string>
{
    public override async Task<string> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var screened = await context.CallSubOrchestratorAsync<PartStatus>(
            nameof(Screening), input, new SubOrchestrationOptions(instanceId: input.Instances.Screening));
        if (!screened.IsManaged) return "Refused";

        var reviews = context.CallSubOrchestratorAsync(
            nameof(LevelReview), input, new SubOrchestrationOptions(instanceId: input.Instances.Review));
        var exit = context.CallSubOrchestratorAsync(
            nameof(ExitWatch), input, new SubOrchestrationOptions(instanceId: input.Instances.Exit));
        await Task.WhenAll(reviews, exit);
        return "Closed";
    }
}
