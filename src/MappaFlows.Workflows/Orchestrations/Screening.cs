using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// A coordinator decides on each referral within its clock, reminded before it ends; when it has ended, the Chair hears of it. A question
/// to the referrer has the same clock, and the decision's starts again with the answer. It is over when the referral is accepted or refused.
/// </summary>
public sealed class Screening : TaskOrchestrator<CaseInput, PartStatus?>
{
    public override async Task<PartStatus?> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var decided = await Steps.OverAsync(context, new(input.Reference, CasePart.Screening));
        if (decided is null) context.ContinueAsNew(input);
        return decided;
    }
}
