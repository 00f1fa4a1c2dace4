using MappaFlows.DurableTask.Embedded.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>The SDK's context, as the code of an orchestration sees it.</summary>
internal sealed class EmbeddedOrchestrationContext(OrchestrationRun run) : TaskOrchestrationContext
{
    private int _nextGuid;

    public override TaskName Name => new(run.Execution.Name);

    public override string InstanceId => run.Execution.InstanceId;

    public override ParentOrchestrationInstance? Parent =>
        run.Execution.Parent is { } parent ? new(new TaskName(parent.Name), parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => run.Now;

    public override bool IsReplaying => run.IsReplaying;

    public override string Version => run.Execution.Version;

    public override TaskOrchestrationEntityFeature Entities => throw new NotSupportedException("The embedded backend does not support entities.");

    /// <summary>The input, as the orchestrator's own type.</summary>
    public object? Input { get; set; }

    protected override ILoggerFactory LoggerFactory => run.Loggers;

    public override T? GetInput<T>() where T : default => Input switch
    {
        null => default,
        T typed => typed,
        _ => run.Payloads.Deserialize<T>(run.Execution.Input),
    };

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivity(name, input, options, payload => run.Payloads.Deserialize<TResult>(payload)!);

    public override Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivity(name, input, options, Discard);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName,
        object? input = null,
        TaskOptions? options = null) =>
        CallSubOrchestrator(orchestratorName, input, options, payload => run.Payloads.Deserialize<TResult>(payload)!);

    public override Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestrator(orchestratorName, input, options, Discard);

    public override Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(delay >= DateTime.MaxValue - run.Now ? DateTime.MaxValue : run.Now + delay, cancellationToken);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        run.InTurn();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var utc = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var timer = run.Ask(new TimerCreated(run.Steps.Next, utc), static _ => true);
        if (cancellationToken.CanBeCanceled)
            timer.Registration = cancellationToken.Register(run.OnlyInTurn(() => run.CancelTimer(timer, cancellationToken)));
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        run.InTurn();
        return run.Events.WaitAsync<T>(Names.Checked(eventName, "An event's name"), run.OnlyInTurn, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        run.InTurn();
        var bytes = run.Payloads.Serialize(payload, $"The event '{eventName}'");
        run.Steps.Take(new EventSent(run.Steps.Next, Names.CheckedId(instanceId), Names.Checked(eventName, "An event's name")) { Payload = bytes });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        run.InTurn();
        run.CustomStatus = run.Payloads.SerializeCustomStatus(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        run.InTurn();
        var version = string.IsNullOrWhiteSpace(options.NewVersion) ? null : Names.Checked(options.NewVersion, "A version");
        run.ContinueAsNew(new NextInput(
            run.Payloads.Serialize(options.NewInput, $"The next input of '{run.Execution.Name}'"), options.PreserveUnprocessedEvents, version));
    }

    public override Guid NewGuid()
    {
        run.InTurn();
        return DeterministicGuid.Create(run.Execution.Id, InstanceId, _nextGuid++);
    }

    private Task<T> CallActivity<T>(TaskName name, object? input, TaskOptions? options, Func<byte[]?, T> decode)
    {
        // The overload that takes options alone is easily missed: they would silently become the input.
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Options were passed as the input. Pass them as the argument 'options'.", nameof(input));
        var version = options?.Version is { } given ? given.Version : Version;
        return Call(
            name,
            input,
            options,
            "activity",
            decode,
            isActivity: true,
            (id, payload) => new TaskScheduled(id, name.Name, payload, version));
    }

    private Task<T> CallSubOrchestrator<T>(TaskName name, object? input, TaskOptions? options, Func<byte[]?, T> decode)
    {
        var version = options?.Version is { } given ? given.Version : run.DefaultVersion;
        return Call(name, input, options, "sub-orchestration", decode, isActivity: false, (id, payload) =>
        {
            var instanceId = (options as SubOrchestrationOptions)?.InstanceId;
            return new SubOrchestrationScheduled(
                id, name.Name, string.IsNullOrEmpty(instanceId) ? NewGuid().ToString("N") : Names.CheckedId(instanceId))
            {
                Input = payload,
                Version = version,
                Tags = options?.Tags is { Count: > 0 } tags ? tags.AsReadOnly() : null,
            };
        });
    }

    private Task<T> Call<T>(
        TaskName name,
        object? input,
        TaskOptions? options,
        string kind,
        Func<byte[]?, T> decode,
        bool isActivity,
        Func<int, byte[]?, Requested> request)
    {
        run.InTurn();
        Names.Checked(name.Name, "A task's name");
        var payload = run.Payloads.Serialize(input, $"The input of {kind} '{name}'");
        OpenTask<T> Once() => run.Ask(request(run.Steps.Next, payload), decode);
        return options?.Retry switch
        {
            { Policy: { } policy } => CallWithRetryAsync(Once, policy, isActivity),
            { Handler: { } handler } => CallWithRetryAsync(Once, handler),
            _ => Once().Task,
        };
    }

    private async Task<T> CallWithRetryAsync<T>(Func<OpenTask<T>> once, RetryPolicy policy, bool isActivity)
    {
        var started = run.Now;
        for (var failures = 1; ; failures++)
        {
            var task = once();
            TimeSpan delay;
            try
            {
                return await task.Task;
            }
            catch (TaskFailedException e) when (!task.FailedForGood)
            {
                if (RetryInterval.Next(policy, failures, run.Now - started, isActivity, e) is not { } next)
                    throw;
                delay = next;
            }
            await CreateTimer(delay, CancellationToken.None);
        }
    }

    private async Task<T> CallWithRetryAsync<T>(Func<OpenTask<T>> once, AsyncRetryHandler handler)
    {
        var started = run.Now;
        for (var failures = 1; ; failures++)
        {
            var task = once();
            try
            {
                return await task.Task;
            }
            catch (TaskFailedException e) when (!task.FailedForGood)
            {
                if (!await handler(new RetryContext(this, failures, e.FailureDetails, run.Now - started, CancellationToken.None)))
                    throw;
            }
        }
    }

    private static bool Discard(byte[]? result) => true;
}
