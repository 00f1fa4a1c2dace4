using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded;

/// <summary>
/// Runs orchestrations in this process on a table store. Of several hosts on one store one has the lease and runs them; the others
/// stand by, and one takes over when it is gone.
/// </summary>
public sealed class EmbeddedEngine : IEmbeddedEngine, IAsyncDisposable
{
    private readonly ITableStore _store;
    private readonly IServiceProvider _services;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _identity = HostIdentity.New();
    private volatile EngineCore? _core;
    private Tasks? _tasks;
    private (HostRow Row, long At)? _seen;
    private Task _running = Task.CompletedTask;
    private int _disposed;

    public EmbeddedEngine(
        ITableStore store, IServiceProvider services, ILoggerFactory loggers, EmbeddedDurableTaskOptions options, TimeProvider time)
    {
        options.Check();
        _store = store;
        _services = services;
        _loggers = loggers;
        _logger = new SafeLogger(loggers.CreateLogger<EmbeddedEngine>());
        _time = time;
        Options = options;
        Post = new HostPost(store, options);
    }

    internal EmbeddedDurableTaskOptions Options { get; }

    internal HostPost Post { get; }

    internal InstanceWaiters Waiters { get; } = new();

    internal ITableStore Store => _store;

    /// <summary>The engine while this host has the lease.</summary>
    internal EngineCore? Core => _core;

    public bool IsActive => _core is not null;

    public DateTimeOffset? NextTimerAt => _core?.Timers.NextDue;

    /// <summary>
    /// Takes the lease if it is free, so that a lone host is ready when this completes; otherwise, and while the store is away, stands by.
    /// </summary>
    internal async Task StartAsync(Tasks tasks, CancellationToken cancellationToken)
    {
        _tasks = tasks;
        try
        {
            await TryTakeLeaseAsync(cancellationToken);
        }
        catch (TableUnavailableException e)
        {
            Log.StoreUnavailable(_logger, 1, e);
        }
        if (_core is null)
            Log.StandingBy(_logger);
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <summary>Ends what is under way within the engine's patience, and gives the lease back.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
        if (_core is { } core)
        {
            _core = null;
            await core.StopAsync(cancellationToken);
        }
        HostIdentity.Retire(_identity);
    }

    /// <summary>
    /// Ends as a process that is killed would: nothing more is written and the lease is not given back. For tests of recovery.
    /// </summary>
    public async Task CrashAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_core is { } core)
        {
            _core = null;
            await core.AbandonAsync();
        }
        HostIdentity.Retire(_identity);
    }

    public async ValueTask DisposeAsync()
    {
        // The container has this object under several services and disposes it for each.
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    public void ClockMoved() => _core?.Timers.Look();

    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        while (_core is { } core)
        {
            core.Timers.Look();
            if (core.Work.IsIdle)
                return;
            await Task.WhenAny(core.Work.WhenIdle(), core.Completion).WaitAsync(cancellationToken);
            if (core.Completion.IsCompleted)
                return;
        }
    }

    /// <summary>Sends a message by the engine of this process, or through the store to the host that has the lease.</summary>
    internal async Task<Receipt> SendAsync(string instanceId, Message message, CancellationToken cancellationToken)
    {
        if (_core is { } core)
        {
            try
            {
                return await core.SendAsync(instanceId, message).WaitAsync(cancellationToken);
            }
            catch (LeaseLostException)
            {
                // Nothing of it was stored: the host that has the lease now will see to it.
            }
        }
        return await Post.SendAsync(instanceId, message, cancellationToken);
    }

    /// <summary>
    /// A run of the instance's code that nothing comes of, for looking at; null where its orchestrator is not registered.
    /// </summary>
    internal OrchestrationRun? NewRun(Head head) =>
        _tasks is { } tasks && tasks.Orchestrator(head.Name, head.Version, _services) is { } orchestrator
        ? new OrchestrationRun(
            new Execution(head.Name, head.InstanceId, head.Execution, head.Version, head.Parent, head.Input),
            orchestrator,
            tasks,
            new Payloads(tasks.Converter, Options.MaxPayloadBytes),
            _loggers,
            static () => { })
        : null;

    private async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Options.PollInterval, Options.HostTime);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stopping);
                if (_core is not { } core)
                {
                    await TryTakeLeaseAsync(stopping);
                }
                else if (core.Completion.IsCompleted)
                {
                    await LeaveAsync(core);
                }
                else
                {
                    core.Renew();
                    core.ReportBlocked();
                    await core.TakePostsAsync(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (TableUnavailableException e)
            {
                Log.StoreUnavailable(_logger, 1, e);
            }
            catch (Exception e)
            {
                // The next round tries again, after any error: a host that stops trying helps no one.
                Log.EngineFailed(_logger, e);
            }
        }
    }

    private async Task LeaveAsync(EngineCore core)
    {
        if (core.Completion.Exception?.InnerException is LeaseLostException)
            Log.LeaseLost(_logger);
        else if (core.Completion.Exception?.InnerException is { } failure)
            Log.EngineFailed(_logger, failure);
        _core = null;
        await core.AbandonAsync();
        Waiters.AllChanged();
    }

    private async Task TryTakeLeaseAsync(CancellationToken cancellationToken)
    {
        var found = await Journal.ReadAsync(_store, Options.Table, cancellationToken);
        if (found is { } held && !IsFree(held.Row))
            return;
        var journal = await Journal.TakeAsync(_store, Options.Table, Options.HostTime, _logger, _identity, found, cancellationToken);
        if (journal is null)
            return;
        var core = new EngineCore(_store, _tasks!, _services, _loggers, Options, _time, journal, Waiters);
        try
        {
            await core.StartAsync(cancellationToken);
        }
        catch
        {
            await core.AbandonAsync();
            throw;
        }
        _core = core;
    }

    /// <summary>
    /// A lease is free when it was given back, when its owner is known to be gone, or when nothing happened under it for its duration.
    /// </summary>
    private bool IsFree(HostRow row)
    {
        if (row.Owner.Length == 0 || row.Owner == _identity || HostIdentity.IsGone(row.Owner))
            return true;
        // By this host's own clock, from when it first saw the row as it is: clocks of two hosts need not agree.
        if (_seen is not { } seen || seen.Row != row)
        {
            _seen = (row, Options.HostTime.GetTimestamp());
            return false;
        }
        return Options.HostTime.GetElapsedTime(seen.At) >= Options.LeaseDuration;
    }
}
