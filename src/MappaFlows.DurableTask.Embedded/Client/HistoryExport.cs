using DurableTask.Core;
using DurableTask.Core.History;
using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using Own = MappaFlows.DurableTask.Embedded.Engine.History;

namespace MappaFlows.DurableTask.Embedded.Client;

/// <summary>A stored history as the SDK's history events.</summary>
internal static class HistoryExport
{
    private const int NoTask = -1;

    public static List<global::DurableTask.Core.History.HistoryEvent> Of(Head head, IReadOnlyList<Turn> turns)
    {
        var events = new List<global::DurableTask.Core.History.HistoryEvent>();
        var timers = new Dictionary<int, DateTime>();
        var subOrchestrations = new HashSet<int>();
        foreach (var turn in turns)
        {
            Add(new OrchestratorStartedEvent(NoTask), turn.Time);
            foreach (var e in turn.Events)
            {
                if (e is TimerCreated timer)
                    timers[timer.Id] = timer.FireAt;
                if (e is SubOrchestrationScheduled sub)
                    subOrchestrations.Add(sub.Id);
                Add(Export(e, head, timers, subOrchestrations), turn.Time);
            }
            Add(new OrchestratorCompletedEvent(NoTask), turn.Time);
        }
        return events;

        void Add(global::DurableTask.Core.History.HistoryEvent e, DateTime time)
        {
            e.Timestamp = time;
            events.Add(e);
        }
    }

    private static global::DurableTask.Core.History.HistoryEvent Export(
        Own.HistoryEvent e, Head head, Dictionary<int, DateTime> timers, HashSet<int> subOrchestrations) => e switch
        {
            ExecutionStarted => Started(head),
            TaskCompleted x when subOrchestrations.Contains(x.TaskId) => new SubOrchestrationInstanceCompletedEvent(
                NoTask,
                x.TaskId,
                Payloads.Text(x.Result)),
            TaskCompleted x => new TaskCompletedEvent(NoTask, x.TaskId, Payloads.Text(x.Result)),
            TaskFailed x when subOrchestrations.Contains(x.TaskId) =>
                new SubOrchestrationInstanceFailedEvent(NoTask, x.TaskId, x.Failure.ErrorMessage, null, CoreFailures.Of(x.Failure)),
            TaskFailed x => new TaskFailedEvent(NoTask, x.TaskId, x.Failure.ErrorMessage, null, CoreFailures.Of(x.Failure)),
            TimerFired x => new TimerFiredEvent(NoTask, timers.GetValueOrDefault(x.TimerId)) { TimerId = x.TimerId },
            EventRaised x => new EventRaisedEvent(NoTask, Payloads.Text(x.Payload)) { Name = x.Name },
            ExecutionSuspended x => new ExecutionSuspendedEvent(NoTask, x.Reason),
            ExecutionResumed x => new ExecutionResumedEvent(NoTask, x.Reason),
            ExecutionTerminated x => new ExecutionTerminatedEvent(NoTask, Payloads.Text(x.Output)),
            TaskScheduled x => new TaskScheduledEvent(x.Id, x.Name, x.Version, Payloads.Text(x.Input)),
            SubOrchestrationScheduled x => new SubOrchestrationInstanceCreatedEvent(x.Id) { Name = x.Name, InstanceId = x.InstanceId },
            TimerCreated x => new TimerCreatedEvent(x.Id, x.FireAt),
            EventSent x => new EventSentEvent(x.Id) { InstanceId = x.InstanceId, Name = x.Name },
            ExecutionCompleted x => new ExecutionCompletedEvent(
                NoTask,
                Payloads.Text(x.Output),
                Enum.Parse<OrchestrationStatus>(x.Status.ToString()),
                x.Failure is null ? null : CoreFailures.Of(x.Failure)),
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "No event of a history."),
        };

    private static ExecutionStartedEvent Started(Head head) => new(NoTask, Payloads.Text(head.Input))
    {
        Name = head.Name,
        Version = head.Version,
        OrchestrationInstance = new OrchestrationInstance { InstanceId = head.InstanceId, ExecutionId = head.Execution.ToString("N") },
        ParentInstance = head.Parent is not { } parent ? null : new ParentInstance
        {
            Name = parent.Name,
            TaskScheduleId = parent.TaskId,
            OrchestrationInstance = new OrchestrationInstance
            {
                InstanceId = parent.InstanceId,
                ExecutionId = parent.Execution.ToString("N"),
            },
        },
        Tags = head.Tags?.ToDictionary(),
    };
}
