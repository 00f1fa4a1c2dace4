using MappaFlows.Workflows.Auditing;
using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>The activity of a check: compares every case of the next anchor with its record. Harmless when it runs twice.</summary>
public sealed class CheckAnchor(AnchorCheck check) : TaskActivity<CheckProgress, CheckProgress>
{
    public override Task<CheckProgress> RunAsync(TaskActivityContext context, CheckProgress input) => check.CheckNextAsync(input);
}
