using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Administration;

/// <summary>What an administrator can do to orchestrations, emails and checkpoints. Stored under these names: none may change its meaning.</summary>
public enum AdminAction
{
    /// <summary>Runs an orchestration that failed or was terminated again, from its beginning.</summary>
    Retry,

    /// <summary>Holds an orchestration where it is.</summary>
    Suspend,

    /// <summary>Lets a suspended orchestration go on.</summary>
    Resume,

    /// <summary>Ends a live orchestration.</summary>
    Terminate,

    /// <summary>Removes an ended orchestration and its history.</summary>
    Purge,

    /// <summary>Removes the orchestrations that ended before a day.</summary>
    PurgeOld,

    /// <summary>Puts back what the engine took out of service.</summary>
    RetryQuarantined,

    /// <summary>Removes for good what the engine took out of service.</summary>
    DiscardQuarantined,

    /// <summary>Hands in again an email that could not be sent.</summary>
    RetryEmail,

    /// <summary>Compares cases with their checkpoints.</summary>
    VerifyCheckpoints,
}

/// <summary>Which acts fit an orchestration as it stands.</summary>
public static class AdminActionRules
{
    /// <param name="seesInside">Whether the engine is the embedded one; the cloud's cannot run an instance again.</param>
    public static IReadOnlyList<AdminAction> For(OrchestrationRuntimeStatus status, bool seesInside) => status switch
    {
        OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending => [AdminAction.Suspend, AdminAction.Terminate],
        OrchestrationRuntimeStatus.Suspended => [AdminAction.Resume, AdminAction.Terminate],
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated when seesInside => [AdminAction.Retry, AdminAction.Purge],
        _ => [AdminAction.Purge],
    };
}

/// <summary>An act as it is asked for.</summary>
/// <param name="Target">An orchestration's id; the key of a quarantined entry; the id of an email; for <see cref="AdminAction.PurgeOld"/> the day, as 2026-06-01;
/// for <see cref="AdminAction.VerifyCheckpoints"/> a checkpoint's number, or <see cref="Audit.Verifications.All"/>.</param>
/// <param name="Reason">Why, in the person's own words; required.</param>
public sealed record AdminActionRequest(AdminAction Action, string Target, string? Reason);

/// <summary>The outcome.</summary>
public abstract record AdminActionResult
{
    private AdminActionResult()
    {
    }

    /// <summary>It was tried, now or when it was first sent; the entry says with what outcome.</summary>
    public sealed record Attempted(AdminLogEntry Entry) : AdminActionResult;

    /// <summary>It was not tried, and is not in the audit.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : AdminActionResult;
}
