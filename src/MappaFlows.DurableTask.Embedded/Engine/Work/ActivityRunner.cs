using MappaFlows.DurableTask.Embedded.Engine.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>An activity to begin.</summary>
/// <param name="Row">Keeps the activity until it has run, where its instance no longer waits for it; otherwise null.</param>
internal sealed record ActivityStart(string InstanceId, Guid Execution, TaskScheduled Task, string? Row);

/// <summary>
/// Runs activities, each in a scope of its own, and hands their outcomes on. An activity that is under way is not begun again.
/// When too many outcomes wait to be durable, no further activity is begun: so what a killed host repeats is bounded.
/// </summary>
internal sealed class ActivityRunner
{
    private readonly Tasks _tasks;
    private readonly Payloads _payloads;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _logger;
    private readonly WorkTracker _work;
    private readonly Action<string, OutcomeMessage> _ended;
    private readonly Action<ActivityStart> _unawaitedEnded;
    private readonly WorkPool<ActivityStart> _pool;
    private readonly SemaphoreSlim _unrecorded;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Execution, int TaskId), UnderWay> _underWay = [];
    private bool _stopped;

    /// <param name="ended">Takes an activity's outcome to its instance.</param>
    /// <param name="unawaitedEnded">Called when an activity has run that no instance awaits.</param>
    public ActivityRunner(
        Tasks tasks,
        IServiceProvider services,
        ILogger logger,
        EmbeddedDurableTaskOptions options,
        WorkTracker work,
        Action<string, OutcomeMessage> ended,
        Action<ActivityStart> unawaitedEnded)
    {
        _tasks = tasks;
        _payloads = new Payloads(tasks.Converter, options.MaxPayloadBytes);
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _logger = logger;
        _work = work;
        _ended = ended;
        _unawaitedEnded = unawaitedEnded;
        _unrecorded = new SemaphoreSlim(options.MaxUnrecordedOutcomes);
        _pool = new WorkPool<ActivityStart>(options.MaxConcurrentActivities, RunAsync);
    }

    /// <summary>How many are waiting to run, are running, or wait for their outcome to be durable.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _underWay.Count;
        }
    }

    /// <summary>
    /// Begins the activity, unless it is under way. One that is under way and no longer awaited keeps its row until it has run.
    /// </summary>
    public void Start(ActivityStart start)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = !_underWay.TryGetValue((start.Execution, start.Task.Id), out var running);
            if (running is not null)
            {
                running.Row ??= start.Row;
                if (start.Row is null || !running.HasEnded)
                    return;
            }
            else
            {
                if (_stopped)
                    return;
                _underWay.Add((start.Execution, start.Task.Id), new UnderWay { Row = start.Row });
            }
        }
        // Outside of the gate: the thread that runs the activity wants it at once.
        if (isNew)
        {
            _work.Begin();
            _pool.Add(start);
        }
        else
        {
            // It ended before it was known that no instance would take its outcome.
            _unawaitedEnded(start);
        }
    }

    /// <summary>The outcome is recorded, or will never be: the activity may be begun again.</summary>
    public void Forget(Guid execution, int taskId)
    {
        lock (_gate)
        {
            if (!_underWay.TryGetValue((execution, taskId), out var running) || running.Row is not null)
                return;
            _underWay.Remove((execution, taskId));
            Release(running);
        }
    }

    /// <summary>The row of an activity that no instance awaited is gone.</summary>
    public void ForgetUnawaited(ActivityStart start)
    {
        lock (_gate)
        {
            if (_underWay.Remove((start.Execution, start.Task.Id), out var running))
                Release(running);
        }
    }

    /// <summary>Begins no more activities.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    private void Release(UnderWay running)
    {
        if (running.HasBegun)
            _unrecorded.Release();
    }

    private async Task RunAsync(ActivityStart start)
    {
        await _unrecorded.WaitAsync();
        UnderWay running;
        lock (_gate)
        {
            running = _underWay[(start.Execution, start.Task.Id)];
            if (_stopped)
            {
                _underWay.Remove((start.Execution, start.Task.Id));
                _unrecorded.Release();
                _work.End();
                return;
            }
            running.HasBegun = true;
        }
        var outcome = await OutcomeAsync(start);
        string? row;
        lock (_gate)
        {
            running.HasEnded = true;
            row = running.Row;
        }
        if (row is null)
            _ended(start.InstanceId, outcome);
        else
            _unawaitedEnded(start with { Row = row });
        _work.End();
    }

    private async Task<OutcomeMessage> OutcomeAsync(ActivityStart start)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            if (_tasks.Activity(start.Task.Name, start.Task.Version, scope.ServiceProvider) is not { } activity)
            {
                var missing = Failures.Named("ActivityTaskNotFound", $"No activity named '{start.Task.Name}' is registered.");
                return new OutcomeMessage(start.Execution, start.Task.Id, null, missing, IsFinal: true);
            }
            var input = _payloads.Deserialize(start.Task.Input, activity.InputType);
            var context = new EmbeddedActivityContext(start.Task.Name, start.InstanceId, start.Task.Version);
            var result = _payloads.Serialize(await activity.RunAsync(context, input), $"The result of activity '{start.Task.Name}'");
            return new OutcomeMessage(start.Execution, start.Task.Id, result, null, IsFinal: false);
        }
        catch (Exception e)
        {
            Log.ActivityFailed(_logger, start.Task.Name, start.Task.Id, start.InstanceId, e);
            return new OutcomeMessage(start.Execution, start.Task.Id, null, _tasks.Failures.From(e), IsFinal: false);
        }
    }

    private sealed class UnderWay
    {
        public string? Row { get; set; }

        public bool HasBegun { get; set; }

        public bool HasEnded { get; set; }
    }
}

internal sealed class EmbeddedActivityContext(string name, string instanceId, string version) : TaskActivityContext
{
    public override TaskName Name => new(name);

    public override string InstanceId => instanceId;

    public override string Version => version;
}
