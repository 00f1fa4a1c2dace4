using System.Globalization;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What an instance waits for, in words for a list.</summary>
internal static class Waits
{
    private const int MaxShown = 5;

    public static string Describe(OrchestrationRun run)
    {
        var waits = run.Open.Requests.Select(Describe)
            .Concat(run.WaitedForEvents.Select(name => $"event {name}"))
            .ToList();
        var shown = string.Join(", ", waits.Take(MaxShown));
        return waits.Count <= MaxShown ? shown : $"{shown} and {waits.Count - MaxShown} more";
    }

    private static string Describe(Requested request) => request switch
    {
        TaskScheduled task => $"activity {task.Name}",
        SubOrchestrationScheduled sub => $"sub-orchestration {sub.Name}",
        TimerCreated timer => string.Create(CultureInfo.InvariantCulture, $"timer {timer.FireAt:yyyy-MM-dd HH:mm}"),
        _ => request.Describe(),
    };
}
