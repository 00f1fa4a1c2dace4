using MappaFlows.DurableTask.Embedded.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>
/// One execution of an orchestration's code: fed with turns, it tells what the code asks for. Stored turns are replayed and compared,
/// step by step; new turns are run.
/// </summary>
/// <remarks>Used by one turn at a time. Continuations run on the thread of the turn, one after another.</remarks>
internal sealed class OrchestrationRun
{
    private const string ForeignMessage =
        "The orchestration awaited, or was called from, something that its context did not hand out (such as Task.Delay, Task.Run, I/O or "
        + "ConfigureAwait(false)). That cannot be replayed: take time, tasks and ids from the context, and do everything else in an activity.";

    private readonly ITaskOrchestrator _orchestrator;
    private readonly Tasks _tasks;
    private readonly EmbeddedOrchestrationContext _context;
    private readonly TurnSynchronizationContext _sync;
    private readonly Action _onForeign;

    private readonly Queue<Incoming> _whileSuspended = new();
    private readonly List<TimerCreated> _cancelledTimers = [];
    private Task<object?>? _code;
    private NextInput? _continueAsNew;
    private ExecutionCompleted? _completion;
    private NextRun? _nextRun;
    private Exception? _escaped;
    private volatile bool _foreign;

    /// <param name="onForeign">Called, from any thread, when the code is found to have left its turns.</param>
    public OrchestrationRun(
        Execution execution, ITaskOrchestrator orchestrator, Tasks tasks, Payloads payloads, ILoggerFactory loggers, Action onForeign)
    {
        Execution = execution;
        Payloads = payloads;
        Loggers = loggers;
        _orchestrator = orchestrator;
        _tasks = tasks;
        _onForeign = onForeign;
        _sync = new TurnSynchronizationContext(LeftItsTurn);
        Events = new EventInbox(payloads);
        _context = new EmbeddedOrchestrationContext(this);
    }

    public Execution Execution { get; }

    public Payloads Payloads { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>The steps that the code has taken, in a replay compared with the history.</summary>
    public StepLog Steps { get; } = new();

    public EventInbox Events { get; }

    /// <summary>The time of the turn, UTC.</summary>
    public DateTime Now { get; private set; }

    public bool IsReplaying { get; private set; }

    public string DefaultVersion => _tasks.DefaultVersion;

    /// <summary>What the code has asked for and not got.</summary>
    public OpenTasks Open { get; } = new();

    /// <summary>Whether the code has been entered.</summary>
    public bool IsStarted => _code is not null;

    /// <summary>The event names that the code waits for.</summary>
    public IEnumerable<string> WaitedForEvents => Events.WaitedFor;

    public bool IsSuspended { get; private set; }

    public byte[]? CustomStatus { get; set; }

    /// <summary>Leads the code through a stored turn.</summary>
    /// <exception cref="DivergedException">The code asks for something else than it did then.</exception>
    public void Replay(Turn turn)
    {
        IsReplaying = true;
        Now = turn.Time;
        Steps.Expect(turn.Events);
        try
        {
            _sync.Run(() =>
            {
                foreach (var e in turn.Events)
                {
                    if (e is Incoming incoming)
                        Process(incoming);
                }
            });
            Steps.ExpectNoMore();
            var ended = turn.Events is [.., ExecutionCompleted];
            if (!_foreign && _escaped is null && !ended && (_completion ?? (object?)_nextRun) is not null)
                Steps.Diverge("the orchestration to go on", "its end");
            if (turn.Events is [.., ExecutionCompleted { Status: OrchestrationRuntimeStatus.Completed }] && _completion is null)
                Steps.Diverge("the orchestration to end", "it going on");
            Steps.ThrowIfDiverged();
        }
        finally
        {
            IsReplaying = false;
            Steps.TakeRequests();
            _cancelledTimers.Clear();
        }
    }

    /// <summary>Runs the code with what came in.</summary>
    public TurnOutcome Run(DateTime time, IReadOnlyList<Incoming> incoming)
    {
        Now = time;
        var processed = 0;
        try
        {
            _sync.Run(() =>
            {
                while (processed < incoming.Count && _nextRun is null)
                    Process(incoming[processed++]);
            });
        }
        catch (Exception e)
        {
            // From an async void, or a continuation that the code queued itself: no one could have awaited it.
            _escaped = e;
        }
        FailWhatCannotGoOn();
        if (_nextRun is not null)
            _nextRun = _nextRun with { Incoming = [.. Carried(_whileSuspended.Concat(incoming.Skip(processed)))] };
        var outcome = new TurnOutcome(Steps.TakeRequests(), [.. _cancelledTimers], _completion, _nextRun);
        _cancelledTimers.Clear();
        return outcome;
    }

    /// <summary>Another copy of this run was found to have left its turns; so would this one.</summary>
    public void HasStrayed() => _foreign = true;

    /// <summary>Asks for an activity, a sub-orchestration or a timer.</summary>
    public OpenTask<T> Ask<T>(Requested request, Func<byte[]?, T> decode)
    {
        var task = new OpenTask<T>(Steps.Take(request), decode);
        Open.Add(task);
        return task;
    }

    public void CancelTimer(OpenTask<bool> timer, CancellationToken cancellationToken)
    {
        if (!Open.Remove(timer.Request.Id))
            return;
        _cancelledTimers.Add((TimerCreated)timer.Request);
        timer.Cancel(cancellationToken);
    }

    public void ContinueAsNew(NextInput next) => _continueAsNew = next;

    /// <summary>Checks that the code is in its turn.</summary>
    /// <exception cref="InvalidOperationException">The code was called from outside its turns.</exception>
    public void InTurn()
    {
        if (_sync.IsCurrent)
            return;
        LeftItsTurn();
        throw new InvalidOperationException(ForeignMessage);
    }

    /// <summary>An action that is left out, and found out, when it is called from outside the turn.</summary>
    public Action OnlyInTurn(Action action) => () =>
    {
        if (_sync.IsCurrent)
            action();
        else
            LeftItsTurn();
    };

    private void LeftItsTurn()
    {
        _foreign = true;
        _onForeign();
    }

    /// <summary>What the run leaves to the next: events that no wait has read, and what was done to the instance.</summary>
    private IEnumerable<Incoming> Carried(IEnumerable<Incoming> rest)
    {
        var keepsEvents = _continueAsNew!.KeepsEvents;
        var unread = keepsEvents ? Events.Unread.Select(e => new EventRaised(e.Name, e.Payload)) : [];
        return unread.Concat(rest.Where(e => e switch
        {
            EventRaised => keepsEvents,
            ExecutionSuspended or ExecutionResumed or ExecutionTerminated => true,
            _ => false,
        }));
    }

    private void FailWhatCannotGoOn()
    {
        if (_completion is not null || _nextRun is not null)
            return;
        if (_escaped is not null)
            _completion = Failed(_escaped);
        else if (_foreign)
            _completion = Failed(new InvalidOperationException(ForeignMessage));
        else if (_code is { IsCompleted: false } && Open.Count == 0 && !Events.HasWaiters && !IsSuspended)
            _completion = Failed(new InvalidOperationException(ForeignMessage));
    }

    private void Process(Incoming e)
    {
        if (_completion is not null || _nextRun is not null)
            return;
        if (e is ExecutionTerminated terminated)
        {
            _completion = new ExecutionCompleted(OrchestrationRuntimeStatus.Terminated, terminated.Output, null);
            return;
        }
        if (IsSuspended && e is not ExecutionResumed)
        {
            Hold(e);
            return;
        }

        switch (e)
        {
            case ExecutionStarted:
                Start();
                break;
            case TaskCompleted done when Open.Close(done.TaskId, out var task):
                task.Complete(done.Result);
                break;
            case TaskFailed failed when Open.Close(failed.TaskId, out var task):
                task.Fail(new TaskFailedException(StepLog.NameOf(task.Request), failed.TaskId, failed.Failure), failed.IsFinal);
                break;
            case TimerFired fired when Open.Close(fired.TimerId, out var timer):
                timer.Complete(null);
                break;
            case EventRaised raised when _code is { IsCompleted: true }:
                Events.Keep(raised.Name, raised.Payload);
                break;
            case EventRaised raised:
                Events.Deliver(raised.Name, raised.Payload);
                break;
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                while (!IsSuspended && _nextRun is null && _whileSuspended.TryDequeue(out var held))
                    Process(held);
                break;
        }
        _sync.Drain();
        CollectResult();
    }

    /// <summary>Keeps what comes while the instance is suspended. An outcome is recorded all the same: its task is not run again.</summary>
    private void Hold(Incoming e)
    {
        switch (e)
        {
            case ExecutionSuspended:
                // Suspended twice is suspended: held back, the second would suspend again what one resumed.
                return;
            case TaskCompleted { TaskId: var id }:
                Open.HoldOutcome(id);
                break;
            case TaskFailed { TaskId: var id }:
                Open.HoldOutcome(id);
                break;
            case TimerFired { TimerId: var id }:
                Open.HoldOutcome(id);
                break;
        }
        _whileSuspended.Enqueue(e);
    }

    private void Start()
    {
        try
        {
            _context.Input = Payloads.Deserialize(Execution.Input, _orchestrator.InputType);
            _code = _orchestrator.RunAsync(_context, _context.Input);
        }
        catch (Exception e)
        {
            // The input is not of the orchestration's type, or a hand-written orchestrator throws before its first await.
            _code = Task.FromException<object?>(e);
        }
    }

    private void CollectResult()
    {
        if (_code is not { IsCompleted: true } || _completion is not null)
            return;
        if (_code.IsCompletedSuccessfully && _continueAsNew is { } next)
        {
            _nextRun = new NextRun(next.Input, next.Version ?? Execution.Version, []);
        }
        else if (!_code.IsCompletedSuccessfully)
        {
            _completion = Failed(_code.Exception?.InnerException ?? new TaskCanceledException(_code));
        }
        else if (Open.Count == 0)
        {
            try
            {
                var output = Payloads.Serialize(_code.Result, $"The result of '{Execution.Name}'");
                _completion = new ExecutionCompleted(OrchestrationRuntimeStatus.Completed, output, null);
            }
            catch (Exception e)
            {
                _completion = Failed(e);
            }
        }
    }

    private ExecutionCompleted Failed(Exception e) => new(OrchestrationRuntimeStatus.Failed, null, _tasks.Failures.From(e));
}
