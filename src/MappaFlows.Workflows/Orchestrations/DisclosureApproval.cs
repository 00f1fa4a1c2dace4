using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// One request for one approval. The approver got a link when it was proposed; is reminded, then the deputy is asked besides, then the
/// request lapses and nothing may be told. It is over when it is decided, withdrawn, changed or lapsed; the decision itself tells the discloser.
/// </summary>
public sealed class DisclosureApproval : TaskOrchestrator<ApprovalInput, PartStatus?>
{
    public override async Task<PartStatus?> RunAsync(TaskOrchestrationContext context, ApprovalInput input)
    {
        var ended = await Steps.OverAsync(context, new(input.Reference, CasePart.Disclosure, input.Disclosure, input.Request));
        if (ended is null) context.ContinueAsNew(input);
        return ended;
    }
}
