using Microsoft.DurableTask;
using CoreSubOrchestrationFailed = DurableTask.Core.Exceptions.SubOrchestrationFailedException;
using CoreTaskFailed = DurableTask.Core.Exceptions.TaskFailedException;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>When a failed task is tried again, by the SDK's retry policy.</summary>
internal static class RetryInterval
{
    /// <summary>The delay before the next attempt, or null where there is none.</summary>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="elapsed">Since the first attempt began.</param>
    public static TimeSpan? Next(RetryPolicy policy, int failures, TimeSpan elapsed, bool isActivity, TaskFailedException failure)
    {
        if (failures >= policy.MaxNumberOfAttempts)
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return null;
        if (!policy.Handle(AsCore(isActivity, failure)))
            return null;
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, failures - 1);
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks((long)ticks);
    }

    // RetryPolicy.HandleFailure looks at the exceptions of the framework below the SDK, and at nothing else.
    private static Exception AsCore(bool isActivity, TaskFailedException failure)
    {
        var details = CoreFailures.Of(failure.FailureDetails);
        return isActivity
            ? new CoreTaskFailed(failure.TaskId, failure.TaskId, failure.TaskName, "", failure.Message, null) { FailureDetails = details }
            : new CoreSubOrchestrationFailed(
                failure.TaskId,
                failure.TaskId,
                failure.TaskName,
                "",
                failure.Message,
                null)
            { FailureDetails = details };
    }
}
