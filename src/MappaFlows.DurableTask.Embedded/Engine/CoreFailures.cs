using Microsoft.DurableTask;
using CoreFailure = DurableTask.Core.FailureDetails;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Failures as the framework below the SDK has them.</summary>
internal static class CoreFailures
{
    public static CoreFailure Of(TaskFailureDetails failure) => new(
        failure.ErrorType,
        failure.ErrorMessage,
        failure.StackTrace ?? "",
        failure.InnerFailure is { } inner ? Of(inner) : null,
        isNonRetriable: false,
        failure.Properties);
}
