using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// As long as a person is managed, the case is reviewed at the rhythm of its level: at level 2 and 3 by a meeting that is arranged,
/// held, recorded and minuted, at level 1 by the lead agency. Whoever owes the next step is reminded, and its being late is escalated.
/// </summary>
public sealed class LevelReview : TaskOrchestrator<CaseInput, PartStatus?>
{
    public override async Task<PartStatus?> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var ended = await Steps.OverAsync(context, new(input.Reference, CasePart.Review));
        if (ended is null) context.ContinueAsNew(input);
        return ended;
    }
}
