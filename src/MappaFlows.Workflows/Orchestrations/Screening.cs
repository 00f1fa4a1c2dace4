using MappaFlows.Core.Cases;
using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// A coordinator decides on each referral within its clock, reminded before it ends; when it has ended, the Chair hears of it. A question
/// to the referrer has the same clock, and the decision's starts again with the answer. It is over when the referral is accepted or refused.
/// </summary>
public sealed class Screening : TaskOrchestrator<CaseInput, Attention?>
{
    public override async Task<Attention?> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var decided = await Watch.OverAsync(context, new(input.Reference, ClockPart.Screening));
        if (decided is null) context.ContinueAsNew(input);
        return decided;
    }
}
