using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Administration;

/// <summary>Which actions fit an orchestration as it stands.</summary>
public static class AdminActionRules
{
    /// <param name="seesInside">Whether the engine is the embedded one; the cloud's cannot run an instance again.</param>
    public static IReadOnlyList<AdminAction> For(OrchestrationRuntimeStatus status, bool seesInside) => status switch
    {
        OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending => [AdminAction.Suspend, AdminAction.Terminate],
        OrchestrationRuntimeStatus.Suspended => [AdminAction.Resume, AdminAction.Terminate],
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated when seesInside =>
        [
            AdminAction.Retry,
            AdminAction.Purge,
        ],
        _ => [AdminAction.Purge],
    };
}
