using System.Reflection;
using DurableTask.Core;
using DurableTask.Core.History;

namespace MappaFlows.DurableTask.Contract.Microsoft;

/// <summary>
/// A store that is handed a sub-orchestration's events as the Functions host hands them: of the engine's own types and without tags. The
/// vendor's test server adds types and tags of its own, which the Azure Storage backend writes and cannot read again.
/// </summary>
public class PlainEvents : DispatchProxy
{
    private IOrchestrationService _store = null!;

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="started">Completes when the server has started the store, which it does when the first worker has come.</param>
    public static IOrchestrationService Before(IOrchestrationService store, out Task started)
    {
        var proxy = Create<IOrchestrationService, PlainEvents>();
        var self = (PlainEvents)proxy;
        self._store = store;
        started = self._started.Task;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        foreach (var message in (args ?? []).OfType<IList<TaskMessage>>().SelectMany(messages => messages))
            if (message.Event is ExecutionStartedEvent { Tags.Count: 0 } started) started.Tags = null;
        foreach (var state in (args ?? []).OfType<OrchestrationRuntimeState>())
        {
            MakePlain(state.Events);
            MakePlain(state.NewEvents);
        }

        var result = targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
        return targetMethod.Name == nameof(IOrchestrationService.StartAsync) ? ThenStarted((Task)result!) : result;
    }

    private async Task ThenStarted(Task start)
    {
        await start;
        _started.TrySetResult();
    }

    private static void MakePlain(IList<HistoryEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not SubOrchestrationInstanceCreatedEvent created
                || created.GetType() == typeof(SubOrchestrationInstanceCreatedEvent))
            {
                continue;
            }
            events[i] = new SubOrchestrationInstanceCreatedEvent(created.EventId)
            {
                Name = created.Name,
                Version = created.Version,
                InstanceId = created.InstanceId,
                Input = created.Input,
                Timestamp = created.Timestamp,
                IsPlayed = created.IsPlayed,
            };
        }
    }
}
