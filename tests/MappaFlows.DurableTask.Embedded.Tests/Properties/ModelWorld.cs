namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>
/// What an engine should do, without anything that makes one hard: no store, no replay, no threads. The same program runs on plain tasks,
/// once, and every message is a call.
/// </summary>
internal sealed class ModelWorld(DateTimeOffset start) : IWorld
{
    private readonly Queue<Action> _pending = new();
    private readonly List<ModelTimer> _timers = [];
    private DateTime _now = start.UtcDateTime;
    private ModelInstance _main = null!;

    public int Runs { get; private set; }

    public Task StartAsync(Step[] program)
    {
        // Tasks go on where they are completed, and nowhere else.
        SynchronizationContext.SetSynchronizationContext(null);
        _main = new ModelInstance(this, _ => { });
        _main.Begin(new Job(program, "", 0, [], Drains: true));
        Settle();
        return Task.CompletedTask;
    }

    public Task<bool> RaiseAsync(string name, int value)
    {
        var live = _main.Outcome is null;
        _main.Deliver(_now, () => _main.Raise(name, value));
        Settle();
        return Task.FromResult(live);
    }

    public Task SuspendAsync()
    {
        _main.Suspend();
        return Task.CompletedTask;
    }

    public Task ResumeAsync()
    {
        _main.Resume(_now);
        Settle();
        return Task.CompletedTask;
    }

    public Task TerminateAsync()
    {
        _main.End(new Outcome(OrchestrationRuntimeStatus.Terminated, null, _main.CustomStatus));
        return Task.CompletedTask;
    }

    public Task<bool[]> BurstAsync(Act[] acts, int firstValue)
    {
        var live = new bool[acts.Length];
        for (var i = 0; i < acts.Length; i++)
        {
            live[i] = _main.Outcome is null;
            var (name, value) = (acts[i].Event, firstValue + i);
            switch (acts[i].Kind)
            {
                case ActKind.Raise:
                    _main.Deliver(_now, () => _main.Raise(name, value));
                    break;
                case ActKind.Suspend:
                    _main.Suspend();
                    break;
                case ActKind.Resume:
                    _main.Resume(_now);
                    break;
                default:
                    _main.End(new Outcome(OrchestrationRuntimeStatus.Terminated, null, _main.CustomStatus));
                    break;
            }
        }
        Settle();
        return Task.FromResult(live);
    }

    public Task AdvanceAsync(TimeSpan time)
    {
        var end = _now + time;
        while (_timers.Count > 0 && _timers.Min(t => t.Due) is var next && next <= end)
            MoveTo(next > _now ? next : _now);
        MoveTo(end);
        return Task.CompletedTask;
    }

    public Task JumpAsync(TimeSpan time)
    {
        MoveTo(_now + time);
        return Task.CompletedTask;
    }

    public Task RestartAsync() => Task.CompletedTask;

    public Task<Outcome?> OutcomeAsync() => Task.FromResult(_main.Outcome);

    /// <summary>Does something when whoever asked has come to rest, as a message would.</summary>
    public void Later(Action action) => _pending.Enqueue(action);

    public ModelTimer Set(ModelInstance owner, DateTime due, Action fire)
    {
        var timer = new ModelTimer(owner, due, fire);
        _timers.Add(timer);
        return timer;
    }

    public void Unset(ModelTimer timer) => _timers.Remove(timer);

    /// <summary>An activity, by the clock on its wall.</summary>
    public string Work(WorkOrder order)
    {
        Runs++;
        return _now < order.FailsUntil ? throw new InvalidOperationException("Not yet.") : order.Key;
    }

    public DateTime Now => _now;

    private void MoveTo(DateTime time)
    {
        _now = time;
        Settle();
        while (_timers.Where(t => t.Due <= _now).MinBy(t => t.Due) is { } due)
        {
            _timers.Remove(due);
            due.Owner.Deliver(_now, due.Fire);
            Settle();
        }
    }

    private void Settle()
    {
        while (_pending.TryDequeue(out var action))
            action();
    }
}

internal sealed record ModelTimer(ModelInstance Owner, DateTime Due, Action Fire);
