using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Tests.Properties;

/// <summary>An orchestration of the model: what its code awaits are plain tasks.</summary>
internal sealed class ModelInstance(ModelWorld world, Action<Outcome> ended) : TaskOrchestrationContext
{
    private readonly Dictionary<string, Queue<int>> _early = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TaskCompletionSource<int>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<Action> _held = new();
    private readonly List<ModelTimer> _timers = [];
    private DateTime _now;
    private bool _suspended;
    private Job? _next;
    private Task<string>? _code;

    public Outcome? Outcome { get; private set; }

    public string? CustomStatus { get; private set; }

    public override DateTime CurrentUtcDateTime => _now;

    public void Begin(Job job)
    {
        _now = world.Now;
        _next = null;
        _code = OrchestrationProgram.RunAsync(this, job);
        Look();
    }

    /// <summary>Hands something in: at once, or when the instance is resumed.</summary>
    public void Deliver(DateTime now, Action action)
    {
        if (Outcome is not null)
            return;
        if (_suspended)
        {
            _held.Enqueue(action);
            return;
        }
        _now = now;
        action();
        Look();
    }

    public void Suspend() => _suspended = Outcome is null;

    public void Resume(DateTime now)
    {
        _suspended = false;
        while (_held.TryDequeue(out var action))
            Deliver(now, action);
    }

    public void End(Outcome outcome)
    {
        if (Outcome is not null)
            return;
        Outcome = outcome;
        foreach (var timer in _timers)
            world.Unset(timer);
        ended(outcome);
    }

    public void Raise(string name, int value)
    {
        if (_waiting.Remove(name, out var waiter))
            waiter.SetResult(value);
        else
            EarlyOf(name).Enqueue(value);
    }

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input, TaskOptions? options)
    {
        var policy = options!.Retry!.Policy!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (TResult)(object)await RunAsync((WorkOrder)input!);
            }
            catch (TaskFailedException) when (attempt + 1 < policy.MaxNumberOfAttempts)
            {
                await CreateTimer(DelayBefore(policy, attempt), CancellationToken.None);
            }
        }
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName name, object? input, TaskOptions? options)
    {
        var answer = new TaskCompletionSource<TResult>();
        var child = new ModelInstance(world, outcome => world.Later(() => Deliver(world.Now, () =>
        {
            if (outcome.Status == OrchestrationRuntimeStatus.Completed)
                answer.SetResult((TResult)(object)outcome.Log!);
            else
                answer.SetException(Failed("child"));
        })));
        world.Later(() => child.Begin((Job)input!));
        return answer.Task;
    }

    public override Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken)
    {
        var fired = new TaskCompletionSource();
        ModelTimer timer = null!;
        timer = world.Set(this, _now + delay, () =>
        {
            _timers.Remove(timer);
            fired.TrySetResult();
        });
        _timers.Add(timer);
        cancellationToken.Register(() =>
        {
            world.Unset(timer);
            _timers.Remove(timer);
            fired.TrySetCanceled(cancellationToken);
        });
        return fired.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken)
    {
        if (EarlyOf(eventName).TryDequeue(out var early))
            return Task.FromResult((T)(object)early);
        var waiter = new TaskCompletionSource<int>();
        _waiting[eventName] = waiter;
        cancellationToken.Register(() =>
        {
            if (waiter.TrySetCanceled(cancellationToken))
                _waiting.Remove(eventName);
        });
        return (Task<T>)(object)waiter.Task;
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = JsonSerializer.Serialize(customStatus);

    public override void ContinueAsNew(object? newInput, bool preserveUnprocessedEvents) => _next = (Job)newInput!;

    private Task<string> RunAsync(WorkOrder order)
    {
        var answer = new TaskCompletionSource<string>();
        world.Later(() =>
        {
            string? result = null;
            try
            {
                result = world.Work(order);
            }
            catch (InvalidOperationException)
            {
                // Told below, as a failure.
            }
            Deliver(world.Now, () =>
            {
                if (result is not null)
                    answer.SetResult(result);
                else
                    answer.SetException(Failed("activity"));
            });
        });
        return answer.Task;
    }

    private void Look()
    {
        if (_code is not { IsCompleted: true } || Outcome is not null)
            return;
        if (_code.IsFaulted)
        {
            End(new Outcome(OrchestrationRuntimeStatus.Failed, null, CustomStatus));
        }
        else if (_next is { } next)
        {
            _code = null;
            CustomStatus = null;
            world.Later(() => Deliver(world.Now, () => Begin(next)));
        }
        else
        {
            End(new Outcome(OrchestrationRuntimeStatus.Completed, _code.Result, CustomStatus));
        }
    }

    private Queue<int> EarlyOf(string name) => _early.TryGetValue(name, out var queue) ? queue : _early[name] = new Queue<int>();

    private static TaskFailedException Failed(string what) => new(what, 0, new TaskFailureDetails("", "", null, null, null));

    private static TimeSpan DelayBefore(RetryPolicy policy, int attempt)
    {
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt);
        return ticks >= policy.MaxRetryInterval.Ticks ? policy.MaxRetryInterval : TimeSpan.FromTicks((long)ticks);
    }

    // No program asks for these.

    public override TaskName Name => throw new NotSupportedException();

    public override string InstanceId => throw new NotSupportedException();

    public override ParentOrchestrationInstance? Parent => throw new NotSupportedException();

    public override bool IsReplaying => throw new NotSupportedException();

    protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

    public override T? GetInput<T>() where T : default => throw new NotSupportedException();

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
