using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MappaFlows.Functions.Tests.Worker.Protocol;
using Microsoft.DurableTask.Protobuf;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>
/// One orchestration on a worker, turn by turn, with the history that Durable Functions would keep of it. Activities run on the worker too;
/// timers and sub-orchestrations only wait.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly FunctionsHost _host;
    private readonly string _name;
    private readonly OrchestrationInstance _instance;
    private readonly List<HistoryEvent> _past = [];
    private readonly List<HistoryEvent> _new = [];
    private readonly List<OrchestratorAction> _actions = [];

    public OrchestrationRun(FunctionsHost host, string name, string instanceId, string input)
    {
        (_host, _name) = (host, name);
        _instance = new OrchestrationInstance { InstanceId = instanceId, ExecutionId = Guid.NewGuid().ToString("N") };
        _new.Add(Event(new HistoryEvent { ExecutionStarted = new() { Name = name, Input = input, OrchestrationInstance = _instance } }));
    }

    /// <summary>Everything that it asked for, the first first.</summary>
    public IReadOnlyList<OrchestratorAction> Actions => _actions;

    /// <summary>Runs it and its activities until it is over, or waits for something else than an activity.</summary>
    public async Task UntilItWaitsAsync()
    {
        while (_new.Count > 0)
        {
            var asked = await TurnAsync();
            _actions.AddRange(asked);
            foreach (var action in asked) await DoAsync(action);
        }
    }

    private async Task<IReadOnlyList<OrchestratorAction>> TurnAsync()
    {
        _new.Insert(0, Event(new HistoryEvent { OrchestratorStarted = new() }));
        var request = new OrchestratorRequest
        {
            InstanceId = _instance.InstanceId,
            ExecutionId = _instance.ExecutionId,
            PastEvents = { _past },
            NewEvents = { _new },
        };
        var answer = await _host.InvokeAsync(_name, new TypedData { String = request.ToByteString().ToBase64() });
        Succeeded(answer);

        _past.AddRange(_new);
        _new.Clear();
        return OrchestratorResponse.Parser.ParseFrom(ByteString.FromBase64(answer.ReturnValue.String)).Actions;
    }

    private async Task DoAsync(OrchestratorAction action)
    {
        switch (action.OrchestratorActionTypeCase)
        {
            case OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask:
                var (name, input) = (action.ScheduleTask.Name, action.ScheduleTask.Input);
                _past.Add(Event(new HistoryEvent { EventId = action.Id, TaskScheduled = new() { Name = name, Input = input } }));
                var answer = await _host.InvokeAsync(name, Only(input), new Dictionary<string, string> { ["instanceId"] = _instance.InstanceId });
                Succeeded(answer);
                _new.Add(
                    Event(new HistoryEvent { TaskCompleted = new() { TaskScheduledId = action.Id, Result = answer.ReturnValue?.Json } }));
                break;
            case OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer:
                _past.Add(Event(new HistoryEvent { EventId = action.Id, TimerCreated = new() { FireAt = action.CreateTimer.FireAt } }));
                break;
            case OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration:
                var sub = action.CreateSubOrchestration;
                _past.Add(
                    Event(new HistoryEvent
                    {
                        EventId = action.Id,
                        SubOrchestrationInstanceCreated =
                        new() { InstanceId = sub.InstanceId, Name = sub.Name, Input = sub.Input }
                    }));
                break;
            default:
                Assert.Equal(OrchestratorAction.OrchestratorActionTypeOneofCase.CompleteOrchestration, action.OrchestratorActionTypeCase);
                break;
        }
    }

    /// <summary>Durable Functions writes an activity's input as a list of one, and hands over that one.</summary>
    private static TypedData Only(string input)
    {
        var only = Assert.Single(JsonDocument.Parse(input).RootElement.EnumerateArray());
        return only.ValueKind == JsonValueKind.Null ? new() : new() { String = only.GetRawText() };
    }

    private static void Succeeded(InvocationResponse answer) =>
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, answer.Result.ToString());

    private static HistoryEvent Event(HistoryEvent happened)
    {
        happened.Timestamp = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow);
        if (happened.EventTypeCase is HistoryEvent.EventTypeOneofCase.OrchestratorStarted
            or HistoryEvent.EventTypeOneofCase.ExecutionStarted
            or HistoryEvent.EventTypeOneofCase.TaskCompleted)
        {
            happened.EventId = -1;
        }

        return happened;
    }
}
