using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Watches the end of a case, years ahead. The lead agency reviews it 6 months and again 28 days before; when one basis ends the next that
/// still holds takes over; at the end of the last day the case closes, once. A date that changes rings the doorbell and moves every timer.
/// </summary>
public sealed class ExitWatch : TaskOrchestrator<CaseInput, PartStatus?>
{
    public override async Task<PartStatus?> RunAsync(TaskOrchestrationContext context, CaseInput input)
    {
        var ended = await Steps.OverAsync(context, new(input.Reference, CasePart.Exit));
        if (ended is null) context.ContinueAsNew(input);
        return ended;
    }
}
