using System.Globalization;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>States, waits and histories of orchestrations, for people.</summary>
internal static class EngineLabels
{
    /// <summary>The states that an orchestration can have today; the SDK keeps two more for compatibility.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> States { get; } =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    public static string Label(this OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Running => "Running",
        OrchestrationRuntimeStatus.Completed => "Completed",
        OrchestrationRuntimeStatus.Failed => "Failed",
        OrchestrationRuntimeStatus.Terminated => "Terminated",
        OrchestrationRuntimeStatus.Pending => "Not begun",
        OrchestrationRuntimeStatus.Suspended => "Suspended",
        _ => status.ToString(),
    };

    /// <summary>The colour of the tag, as <c>govuk-tag</c> takes it.</summary>
    public static string Colour(this OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Running => "blue",
        OrchestrationRuntimeStatus.Completed => "green",
        OrchestrationRuntimeStatus.Failed => "red",
        OrchestrationRuntimeStatus.Pending => "yellow",
        OrchestrationRuntimeStatus.Suspended => "orange",
        _ => "grey",
    };

    public static string Label(this InstanceWaitKind kind) => kind switch
    {
        InstanceWaitKind.Activity => "Activity",
        InstanceWaitKind.SubOrchestration => "Orchestration",
        InstanceWaitKind.Timer => "Timer",
        InstanceWaitKind.ExternalEvent => "Event",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this."),
    };

    /// <summary>What a row of a history says. A kind of a later engine stands for itself.</summary>
    public static string What(this HistoryEntry entry) => entry.Kind switch
    {
        "ExecutionStarted" => "Began",
        "ExecutionCompleted" => "Ended",
        "ExecutionSuspended" => "Suspended",
        "ExecutionResumed" => "Resumed",
        "ExecutionTerminated" => "Terminated",
        "TaskScheduled" => "Activity asked for",
        "SubOrchestrationScheduled" => "Orchestration started",
        "TaskCompleted" => "Answer came",
        "TaskFailed" => "Failed",
        "TimerCreated" => "Timer set",
        "TimerFired" => "Timer fired",
        "EventRaised" => "Event came",
        "EventSent" => "Event sent",
        var kind => kind,
    };

    /// <summary>The row's detail; a time as people read it.</summary>
    public static string? Detail(this HistoryEntry entry) =>
        entry.Kind == "TimerCreated" && DateTimeOffset.TryParse(entry.Detail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var due)
            ? $"for {UkTime.DateAndTime(due)}"
            : entry.Detail;

    /// <summary>How long something has been there, in its largest unit.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => Count((int)age.TotalDays, "day"),
        { TotalHours: >= 1 } => Count((int)age.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Count((int)age.TotalMinutes, "minute"),
        _ => "Less than a minute",
    };

    private static string Count(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {unit}{(count == 1 ? "" : "s")}");
}
