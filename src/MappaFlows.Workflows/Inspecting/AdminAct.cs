using MappaFlows.Core.Cases;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Inspecting;

/// <summary>What an administrator can do to the engine and the post. Kept in the audit under these names: none may change its meaning.</summary>
public enum AdminAct
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
    RetryParked,

    /// <summary>Removes for good what the engine took out of service.</summary>
    DiscardParked,

    /// <summary>Hands in again an email that could not be sent.</summary>
    RetryLetter,

    /// <summary>Compares cases with what was anchored of them.</summary>
    CheckAnchors,
}

/// <summary>Which acts fit an orchestration as it stands.</summary>
public static class AdminActs
{
    /// <param name="seesInside">Whether the engine is the embedded one; the cloud's cannot run an instance again.</param>
    public static IReadOnlyList<AdminAct> For(OrchestrationRuntimeStatus status, bool seesInside) => status switch
    {
        OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending => [AdminAct.Suspend, AdminAct.Terminate],
        OrchestrationRuntimeStatus.Suspended => [AdminAct.Resume, AdminAct.Terminate],
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated when seesInside => [AdminAct.Retry, AdminAct.Purge],
        _ => [AdminAct.Purge],
    };
}

/// <summary>An act as it is asked for.</summary>
/// <param name="Target">An orchestration's id; a parked entry's key; a notification's id; for <see cref="AdminAct.PurgeOld"/> the day, as 2026-06-01;
/// for <see cref="AdminAct.CheckAnchors"/> an anchor's number, or <see cref="Auditing.AuditChecks.All"/>.</param>
/// <param name="Reason">Why, in the person's own words; required.</param>
public sealed record ActRequest(AdminAct Act, string Target, string? Reason);

/// <summary>What came of it.</summary>
public abstract record ActResult
{
    private ActResult()
    {
    }

    /// <summary>It was tried, now or when it was first sent; the entry says with what outcome.</summary>
    public sealed record Tried(AuditEntry Entry) : ActResult;

    /// <summary>It was not tried, and is not in the audit.</summary>
    public sealed record Refused(RefusalKind Kind, IReadOnlyList<Problem> Problems) : ActResult;
}
