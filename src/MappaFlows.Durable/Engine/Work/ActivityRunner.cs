using MappaFlows.Durable.Engine.History;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Durable.Engine.Work;

/// <summary>Runs activities, each in a scope of its own, and hands their outcomes on. An activity that is under way is not begun again.</summary>
internal sealed class ActivityRunner
{
    private readonly DurableTaskRegistry _registry;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _logger;
    private readonly int _maxPayload;
    private readonly WorkTracker _work;
    private readonly Action<string, OutcomeMessage> _ended;
    private readonly WorkPool<Job> _pool;
    private readonly Lock _gate = new();
    private readonly HashSet<(Guid Execution, int TaskId)> _underWay = [];
    private bool _stopped;

    /// <param name="ended">Takes an activity's outcome to its instance.</param>
    public ActivityRunner(
        DurableTaskRegistry registry,
        IServiceProvider services,
        ILogger logger,
        DurableEngineOptions options,
        WorkTracker work,
        Action<string, OutcomeMessage> ended)
    {
        _registry = registry;
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _logger = logger;
        _maxPayload = options.MaxPayloadBytes;
        _work = work;
        _ended = ended;
        _pool = new WorkPool<Job>(options.MaxConcurrentActivities, RunAsync);
    }

    /// <summary>How many are waiting to run, are running, or wait for their outcome to be durable.</summary>
    public int UnderWay
    {
        get
        {
            lock (_gate)
                return _underWay.Count;
        }
    }

    /// <summary>Begins the activity, unless it is under way.</summary>
    public void Start(string instanceId, Guid execution, TaskScheduled task)
    {
        lock (_gate)
        {
            if (_stopped || !_underWay.Add((execution, task.Id)))
                return;
        }
        _work.Begin();
        _pool.Add(new Job(instanceId, execution, task));
    }

    /// <summary>The outcome is recorded, or will never be: the activity may be begun again.</summary>
    public void Forget(Guid execution, int taskId)
    {
        lock (_gate)
            _underWay.Remove((execution, taskId));
    }

    /// <summary>Begins no more activities.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    private async Task RunAsync(Job job)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                _underWay.Remove((job.Execution, job.Task.Id));
                _work.End();
                return;
            }
        }
        byte[]? result = null;
        TaskFailureDetails? failure = null;
        try
        {
            result = await RunCodeAsync(job);
        }
        catch (Exception e)
        {
            failure = Failures.From(e);
            Log.ActivityFailed(_logger, job.Task.Name, job.Task.Id, job.InstanceId, e);
        }
        _ended(job.InstanceId, new OutcomeMessage(job.Execution, job.Task.Id, result, failure));
        _work.End();
    }

    private async Task<byte[]?> RunCodeAsync(Job job)
    {
        if (!_registry.Activities.TryGetValue(job.Task.Name, out var create))
            throw new InvalidOperationException($"No activity named '{job.Task.Name}' is registered.");
        await using var scope = _scopes.CreateAsyncScope();
        var activity = create(scope.ServiceProvider);
        var input = DurableJson.Deserialize(job.Task.Input, activity.InputType);
        var result = await activity.RunAsync(new TaskActivityContext(job.Task.Name, job.InstanceId), input);
        return DurableJson.Serialize(result, _maxPayload, $"The result of activity '{job.Task.Name}'");
    }

    private sealed record Job(string InstanceId, Guid Execution, TaskScheduled Task);
}
