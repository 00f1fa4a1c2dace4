using System.Diagnostics.CodeAnalysis;
using MappaFlows.Durable.Engine.History;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Durable.Engine.Replay;

/// <summary>
/// One execution of an orchestration's code: fed with turns, it tells what the code asks for. Stored turns are replayed and compared,
/// step by step; new turns are run.
/// </summary>
/// <remarks>Used by one turn at a time. Continuations run on the thread of the turn, one after another.</remarks>
internal sealed class OrchestrationRun : IOrchestrationContext
{
    private const string ForeignMessage =
        "The orchestration awaited, or was called from, something that its context did not hand out (such as Task.Delay, Task.Run, I/O or "
        + "ConfigureAwait(false)). That cannot be replayed: take time, tasks and ids from the context, and do everything else in an activity.";

    private readonly Execution _execution;
    private readonly ITaskOrchestrator _orchestrator;
    private readonly int _maxPayload;
    private readonly ILoggerFactory _loggers;
    private readonly TurnSynchronizationContext _sync;
    private readonly Action _onForeign;

    private readonly Dictionary<int, OpenTask> _open = [];
    private readonly EventInbox _events = new();
    private readonly Queue<Incoming> _whileSuspended = new();
    private readonly List<Requested> _requests = [];
    private readonly List<TimerCreated> _cancelledTimers = [];
    private IReadOnlyList<HistoryEvent>? _expected;
    private int _expectedIndex;
    private int _nextTask;
    private int _nextGuid;
    private DateTime _now;
    private Task<object?>? _code;
    private (byte[]? Input, bool Preserve)? _continueAsNew;
    private ExecutionCompleted? _completion;
    private NextRun? _nextRun;
    private NonDeterministicOrchestrationException? _divergence;
    private Exception? _escaped;
    private volatile bool _foreign;

    /// <param name="onForeign">Called, from any thread, when the code is found to have left its turns.</param>
    public OrchestrationRun(Execution execution, ITaskOrchestrator orchestrator, int maxPayload, ILoggerFactory loggers, Action onForeign)
    {
        _execution = execution;
        _orchestrator = orchestrator;
        _maxPayload = maxPayload;
        _loggers = loggers;
        _onForeign = onForeign;
        _sync = new TurnSynchronizationContext(LeftItsTurn);
    }

    public string Name => _execution.Name;

    public string InstanceId => _execution.InstanceId;

    public ParentOrchestrationInstance? Parent =>
        _execution.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public DateTime CurrentUtcDateTime => _now;

    public bool IsReplaying { get; private set; }

    public string Version => _execution.Version;

    /// <summary>What the code has asked for and not got, by its number.</summary>
    public IReadOnlyDictionary<int, OpenTask> Open => _open;

    /// <summary>How many of the open tasks are activities: they run now, the others only wait.</summary>
    public int OpenActivities { get; private set; }

    /// <summary>Whether the code has been entered.</summary>
    public bool IsStarted => _code is not null;

    /// <summary>The event names that the code waits for.</summary>
    public IEnumerable<string> WaitedForEvents => _events.WaitedFor;

    public bool IsSuspended { get; private set; }

    public byte[]? CustomStatus { get; private set; }

    /// <summary>Leads the code through a stored turn.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code asks for something else than it did then.</exception>
    public void Replay(Turn turn)
    {
        IsReplaying = true;
        _now = turn.Time;
        _expected = turn.Events;
        _expectedIndex = 0;
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
            if (_divergence is null && NextExpected() is { } missed)
                Diverge(missed.Id, missed.Describe(), "nothing asked for");
            var ended = turn.Events is [.., ExecutionCompleted];
            if (_divergence is null && !_foreign && _escaped is null && !ended && (_completion ?? (object?)_nextRun) is not null)
                Diverge(_nextTask, "the orchestration to go on", "its end");
            if (_divergence is null && turn.Events is [.., ExecutionCompleted { Status: OrchestrationRuntimeStatus.Completed }] && _completion is null)
                Diverge(_nextTask, "the orchestration to end", "it going on");
            if (_divergence is not null)
                throw _divergence;
        }
        finally
        {
            IsReplaying = false;
            _expected = null;
            _requests.Clear();
            _cancelledTimers.Clear();
        }
    }

    /// <summary>Runs the code with what came in.</summary>
    public TurnOutcome Run(DateTime time, IReadOnlyList<Incoming> incoming)
    {
        _now = time;
        try
        {
            _sync.Run(() =>
            {
                foreach (var e in incoming)
                    Process(e);
            });
        }
        catch (Exception e)
        {
            // From an async void, or a continuation that the code queued itself: nobody could have awaited it.
            _escaped = e;
        }
        FailWhatCannotGoOn();
        var outcome = new TurnOutcome([.. _requests], [.. _cancelledTimers], _completion, _nextRun);
        _requests.Clear();
        _cancelledTimers.Clear();
        return outcome;
    }

    /// <summary>Another copy of this run was found to have left its turns; so would this one.</summary>
    public void HasStrayed() => _foreign = true;

    private void FailWhatCannotGoOn()
    {
        if (_completion is not null || _nextRun is not null)
            return;
        if (_escaped is not null)
            _completion = Failed(_escaped);
        else if (_foreign)
            _completion = Failed(new InvalidOperationException(ForeignMessage));
        else if (_code is { IsCompleted: false } && _open.Count == 0 && !_events.HasWaiters && !IsSuspended)
            _completion = Failed(new InvalidOperationException(ForeignMessage));
    }

    private void Process(Incoming e)
    {
        if (e is ExecutionTerminated terminated)
        {
            _completion ??= new ExecutionCompleted(OrchestrationRuntimeStatus.Terminated, terminated.Output, null);
            return;
        }
        if (_completion is not null || (_nextRun is not null && e is not EventRaised))
            return;
        if (IsSuspended && e is not ExecutionResumed)
        {
            // Suspended twice is suspended: held back, the second would suspend again what one resumed.
            if (e is not ExecutionSuspended)
                _whileSuspended.Enqueue(e);
            return;
        }

        switch (e)
        {
            case ExecutionStarted:
                Start();
                break;
            case TaskCompleted done when Close(done.TaskId, out var task):
                task.Complete(done.Result);
                break;
            case TaskFailed failed when Close(failed.TaskId, out var task):
                task.Fail(new TaskFailedException(NameOf(task.Request), failed.TaskId, failed.Failure));
                break;
            case TimerFired fired when Close(fired.TimerId, out var timer):
                timer.Complete(null);
                break;
            case EventRaised raised when _code is { IsCompleted: true }:
                _events.Keep(raised.Name, raised.Payload);
                break;
            case EventRaised raised:
                _events.Deliver(raised.Name, raised.Payload);
                break;
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                while (!IsSuspended && _whileSuspended.TryDequeue(out var held))
                    Process(held);
                break;
        }
        _sync.Drain();
        CollectResult();
    }

    private bool Close(int id, [NotNullWhen(true)] out OpenTask? task)
    {
        if (!_open.Remove(id, out task))
            return false;
        if (task.Request is TaskScheduled)
            OpenActivities--;
        return true;
    }

    private void Start()
    {
        object? input;
        try
        {
            input = DurableJson.Deserialize(_execution.Input, _orchestrator.InputType);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
        {
            _code = Task.FromException<object?>(e);
            return;
        }
        _code = _orchestrator.RunAsync(this, input);
    }

    private void CollectResult()
    {
        if (_code is not { IsCompleted: true } || _completion is not null)
            return;
        if (_code.IsCompletedSuccessfully && _continueAsNew is { } next)
        {
            // Again after each event of the turn: what comes after the end is unread too.
            _nextRun = new NextRun(next.Input, next.Preserve ? [.. _events.Unread.Select(e => new EventRaised(e.Name, e.Payload))] : []);
        }
        else if (!_code.IsCompletedSuccessfully)
        {
            _completion = Failed(_code.Exception?.InnerException ?? new TaskCanceledException(_code));
        }
        else if (_open.Count == 0)
        {
            try
            {
                var output = DurableJson.Serialize(_code.Result, _maxPayload, $"The result of '{Name}'");
                _completion = new ExecutionCompleted(OrchestrationRuntimeStatus.Completed, output, null);
            }
            catch (Exception e)
            {
                _completion = Failed(e);
            }
        }
    }

    private static ExecutionCompleted Failed(Exception e) => new(OrchestrationRuntimeStatus.Failed, null, Failures.From(e));

    public T? GetInput<T>() => DurableJson.Deserialize<T>(_execution.Input);

    public Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Call(name, input, options, "activity", json => DurableJson.Deserialize<TResult>(json)!, (id, json) => new TaskScheduled(id, name.Name, json));

    public Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        Call(name, input, options, "activity", Discard, (id, json) => new TaskScheduled(id, name.Name, json));

    public Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Call(name, input, options, "sub-orchestration", json => DurableJson.Deserialize<TResult>(json)!, SubOrchestration(name, options));

    public Task CallSubOrchestratorAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        Call(name, input, options, "sub-orchestration", Discard, SubOrchestration(name, options));

    private Func<int, byte[]?, Requested> SubOrchestration(TaskName name, TaskOptions? options) => (id, json) =>
    {
        var given = (options as SubOrchestrationOptions)?.InstanceId;
        var instanceId = string.IsNullOrEmpty(given) ? NewGuid().ToString("N") : InstanceIds.Checked(given);
        return new SubOrchestrationScheduled(id, name.Name, instanceId) { Input = json };
    };

    private Task<T> Call<T>(TaskName name, object? input, TaskOptions? options, string kind, Func<byte[]?, T> decode, Func<int, byte[]?, Requested> request)
    {
        InTurn();
        var json = DurableJson.Serialize(input, _maxPayload, $"The input of {kind} '{name}'");
        return options?.Retry is { } policy
            ? CallWithRetry(json, policy, decode, request)
            : CallOnce(json, decode, request);
    }

    private Task<T> CallOnce<T>(byte[]? json, Func<byte[]?, T> decode, Func<int, byte[]?, Requested> request)
    {
        var task = new OpenTask<T>(Request(request(_nextTask, json)), decode);
        _open.Add(task.Request.Id, task);
        if (task.Request is TaskScheduled)
            OpenActivities++;
        return task.Task;
    }

    private async Task<T> CallWithRetry<T>(byte[]? json, RetryPolicy policy, Func<byte[]?, T> decode, Func<int, byte[]?, Requested> request)
    {
        var started = _now;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await CallOnce(json, decode, request);
            }
            catch (TaskFailedException) when (attempt + 1 < policy.MaxNumberOfAttempts)
            {
                var delay = policy.DelayBefore(attempt);
                var giveUp = policy.RetryTimeout != Timeout.InfiniteTimeSpan && _now + delay > started + policy.RetryTimeout;
                if (giveUp)
                    throw;
                await CreateTimer(delay, CancellationToken.None);
            }
        }
    }

    public Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(delay >= DateTime.MaxValue - _now ? DateTime.MaxValue : _now + delay, cancellationToken);

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        InTurn();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var utc = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var timer = new OpenTask<bool>(Request(new TimerCreated(_nextTask, utc)), _ => true);
        _open.Add(timer.Request.Id, timer);
        if (cancellationToken.CanBeCanceled)
        {
            timer.Registration = cancellationToken.Register(OnlyInTurn(() =>
            {
                if (_open.Remove(timer.Request.Id))
                {
                    _cancelledTimers.Add((TimerCreated)timer.Request);
                    timer.Cancel(cancellationToken);
                }
            }));
        }
        return timer.Task;
    }

    public Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        InTurn();
        return _events.WaitAsync<T>(eventName, OnlyInTurn, cancellationToken);
    }

    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return await WaitForExternalEvent<T>(eventName, cancellationToken);
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopTimer = new CancellationTokenSource();
        var wait = WaitForExternalEvent<T>(eventName, stopWaiting.Token);
        if (wait.IsCompleted)
            return await wait;
        var timer = CreateTimer(timeout, stopTimer.Token);
        if (await Task.WhenAny(wait, timer) == wait)
        {
            stopTimer.Cancel();
            return await wait;
        }
        stopWaiting.Cancel();
        throw new TaskCanceledException($"The event '{eventName}' did not come within {timeout}.");
    }

    public void SendEvent(string instanceId, string eventName, object payload)
    {
        InTurn();
        var json = DurableJson.Serialize(payload, _maxPayload, $"The event '{eventName}'");
        Request(new EventSent(_nextTask, InstanceIds.Checked(instanceId), eventName) { Payload = json });
    }

    public void SetCustomStatus(object? customStatus)
    {
        InTurn();
        CustomStatus = DurableJson.Serialize(customStatus, DurableJson.MaxCustomStatusBytes, "The custom status");
    }

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        InTurn();
        _continueAsNew = (DurableJson.Serialize(newInput, _maxPayload, $"The next input of '{Name}'"), preserveUnprocessedEvents);
    }

    public Guid NewGuid()
    {
        InTurn();
        return DeterministicGuid.Create(_execution.Id, InstanceId, _nextGuid++);
    }

    public ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(this, _loggers.CreateLogger(categoryName));

    public ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, _loggers.CreateLogger(type));

    /// <summary>Numbers a request. In a replay it is compared with the history's, which is then the one that counts.</summary>
    private Requested Request(Requested request)
    {
        if (_expected is not null)
        {
            if (NextExpected() is not { } recorded)
                throw Diverge(request.Id, "nothing asked for", request.Describe());
            if (!SameStep(recorded, request))
                throw Diverge(request.Id, recorded.Describe(), request.Describe());
            _expectedIndex++;
            request = recorded;
        }
        _nextTask = request.Id + 1;
        _requests.Add(request);
        return request;
    }

    private Requested? NextExpected()
    {
        while (_expectedIndex < _expected!.Count)
        {
            if (_expected[_expectedIndex] is Requested requested)
                return requested;
            _expectedIndex++;
        }
        return null;
    }

    private static bool SameStep(Requested recorded, Requested found) => (recorded, found) switch
    {
        (TaskScheduled a, TaskScheduled b) => SameName(a.Name, b.Name),
        (SubOrchestrationScheduled a, SubOrchestrationScheduled b) => SameName(a.Name, b.Name),
        (EventSent a, EventSent b) => a.InstanceId == b.InstanceId && SameName(a.Name, b.Name),
        (TimerCreated, TimerCreated) => true,
        _ => false,
    } && recorded.Id == found.Id;

    private static bool SameName(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    // Kept beside being thrown: the code may catch it, and must not go on all the same.
    private NonDeterministicOrchestrationException Diverge(int step, string expected, string found) =>
        _divergence ??= new NonDeterministicOrchestrationException(step, expected, found);

    private static string NameOf(Requested request) => request switch
    {
        TaskScheduled task => task.Name,
        SubOrchestrationScheduled sub => sub.Name,
        _ => request.Describe(),
    };

    private static bool Discard(byte[]? result) => true;

    private void InTurn()
    {
        if (_sync.IsCurrent)
            return;
        LeftItsTurn();
        throw new InvalidOperationException(ForeignMessage);
    }

    private Action OnlyInTurn(Action action) => () =>
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
}
