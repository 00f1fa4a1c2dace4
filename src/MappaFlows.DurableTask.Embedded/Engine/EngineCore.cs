using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Engine.Work;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>
/// The engine of a host that holds the lease. Messages come in, instances take their turns, turns are committed, and only what is
/// committed has effects. Everything in memory is a copy: when the lease is lost this object is thrown away whole.
/// </summary>
internal sealed partial class EngineCore
{
    private const int MaxMessagesPerTurn = 200;

    // A sender must not wait for an instance whose code does not come back.
    private static readonly TimeSpan KeepAfter = TimeSpan.FromMilliseconds(200);

    private readonly ITableStore _store;
    private readonly EmbeddedDurableTaskOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Journal _journal;
    private readonly CommitQueue _commits;
    private readonly SessionLoader _loader;
    private readonly TurnProcessor _processor;
    private readonly ActivityRunner _activities;
    private readonly TimerClock _timers;
    private readonly WorkPool<Session> _turns;
    private readonly WorkTracker _work = new();
    private readonly InstanceWaiters _waiters;
    private readonly CancellationTokenSource _stop = new();
    private readonly TurnWatch _watch;
    private readonly ITimer _keeper;
    private readonly string _workerVersion;

    private readonly Lock _gate = new();
    private readonly Sessions _sessions;
    private readonly HashSet<string> _recovering = new(StringComparer.Ordinal);
    private readonly Quarantine _quarantine;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Instances of a version that another worker runs.
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    public EngineCore(
        ITableStore store,
        Tasks tasks,
        IServiceProvider services,
        ILoggerFactory loggers,
        EmbeddedDurableTaskOptions options,
        TimeProvider time,
        Journal journal,
        InstanceWaiters waiters)
    {
        _options = options;
        _time = time;
        _logger = new SafeLogger(loggers.CreateLogger<EngineCore>());
        _store = new PatientReads(store, options.HostTime, _logger);
        _journal = journal;
        _waiters = waiters;
        _commits = new CommitQueue(journal);
        _loader = new SessionLoader(_store, options.Table);
        _sessions = new Sessions(options.MaxCachedInstances);
        var runs = new InstanceRuns(
            tasks, services, loggers, _logger, options, time, (id, execution) => Deliver(id, new Delivery(new StrayMessage(execution))));
        _processor = new TurnProcessor(runs, options, time, journal.NextMessageRow);
        _activities = new ActivityRunner(
            tasks, services, _logger, options, _work, (id, outcome) => Deliver(id, new Delivery(outcome)), UnawaitedEnded);
        _workerVersion = tasks.WorkerVersion;
        _timers = new TimerClock(
            _store,
            options.Table,
            time,
            _work,
            timer => Deliver(timer.InstanceId, new Delivery(new TimerMessage(timer))),
            QuarantineRow);
        _watch = new TurnWatch(options, _logger);
        _turns = new WorkPool<Session>(options.MaxConcurrentOrchestrations, TakeTurnAsync);
        _quarantine = new Quarantine(_store, options.Table, time);
        _keeper = options.HostTime.CreateTimer(_ => KeepWhatWaits(), null, KeepAfter, KeepAfter);
    }

    /// <summary>Ends when the engine has stopped or lost the lease; then it says which.</summary>
    public Task Completion => _commits.Completion;

    public WorkTracker Work => _work;

    public TimerClock Timers => _timers;

    /// <summary>The orchestrations whose code holds its thread now.</summary>
    public IReadOnlyList<(string InstanceId, string Name, TimeSpan For)> Blocked => _watch.Blocked;

    /// <summary>Logs what has come to block since this was last asked.</summary>
    public void ReportBlocked() => _watch.Report();

    /// <summary>Takes up what an earlier host left.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _work.Begin();
        try
        {
            await _quarantine.LoadAsync(cancellationToken);
            var ready = await RecoverAsync(cancellationToken);
            var messages = await TakeMessagesAsync(Keys.Carried, int.MaxValue, cancellationToken)
                + await TakeMessagesAsync(Keys.Messages, int.MaxValue, cancellationToken, isRestart: true);
            foreach (var id in ready)
                Deliver(id, new Delivery(new WakeMessage()));
            await TakePostsAsync(cancellationToken);
            _timers.Start();
            Log.LeaseTaken(_logger, _journal.Term, ready.Count, messages, _quarantine.Count);
        }
        finally
        {
            _work.End();
        }
    }

    /// <summary>Lets running activities end within the engine's patience, writes what is queued, and gives the lease back.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _timers.Stop();
        _keeper.Dispose();
        _activities.Stop();
        var patience = Task.Delay(_options.ShutdownPatience, _options.HostTime, cancellationToken);
        await Task.WhenAny(_work.WhenIdle(), patience);
        if (_activities.Count is var left and > 0)
            Log.ActivitiesLeft(_logger, left);
        _stop.Cancel();
        await _commits.CloseAsync();
        try
        {
            await _journal.ReleaseAsync(CancellationToken.None);
        }
        catch (TableStoreException e)
        {
            // The next host waits for the lease to run out, or sees that this process has ended.
            Log.StoreUnavailable(_logger, 1, e);
        }
    }

    /// <summary>Stops at once, as a host that dies would: nothing more is written.</summary>
    public async Task AbandonAsync()
    {
        _timers.Stop();
        _keeper.Dispose();
        _activities.Stop();
        _stop.Cancel();
        await _commits.AbortAsync();
    }

    /// <summary>Shows that the lease is held, where nothing has shown it lately.</summary>
    public void Renew()
    {
        if (_options.HostTime.GetElapsedTime(_journal.LastCommit) > _options.LeaseDuration / 4)
            _commits.Add(new PlainCommit(new ChangeSet()));
    }

    /// <summary>Takes in what hosts that stand by have posted.</summary>
    public Task TakePostsAsync(CancellationToken cancellationToken) =>
        TakeMessagesAsync(Keys.Posted, TableLimits.EntitiesPerPage, cancellationToken);

    /// <summary>Sends a message and answers what became of it once that is durable.</summary>
    /// <exception cref="LeaseLostException">Another host has taken over; nothing was stored.</exception>
    public Task<Receipt> SendAsync(string instanceId, Message message)
    {
        var receipt = new TaskCompletionSource<Receipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        Deliver(instanceId, new Delivery(message, null, receipt));
        return receipt.Task;
    }

    private void CommitSoon(ChangeSet changes)
    {
        _work.Begin();
        var commit = new PlainCommit(changes);
        commit.Done.GetAwaiter().OnCompleted(() => _work.End());
        _commits.Add(commit);
    }

    /// <summary>Makes changes that no turn makes.</summary>
    public Task CommitAsync(ChangeSet changes)
    {
        var commit = new PlainCommit(changes);
        _commits.Add(commit);
        return commit.Done;
    }

    public void Deliver(string instanceId, Delivery delivery)
    {
        _work.Begin();
        Session session;
        lock (_gate)
        {
            if (_quarantine.Has(instanceId) || _left.Contains(instanceId))
            {
                KeepForQuarantined(instanceId, delivery);
                return;
            }
            session = _sessions.FindOrAdd(instanceId, isNew: delivery.Message is StartMessage { IsOfNewId: true });
            session.Inbox.AddLast(delivery);
            if (session.State != SessionState.Resting)
                return;
            _sessions.Wake(session);
        }
        _turns.Add(session);
    }

    private async Task TakeTurnAsync(Session session)
    {
        List<Delivery> batch = [];
        try
        {
            await LoadAsync(session);
            lock (_gate)
                session.Taken = batch = session.TakeBatch(_options.ReplayAfterEveryAwait ? 1 : MaxMessagesPerTurn);
            TurnPlan plan;
            using (_watch.Begin(session))
                plan = _processor.Process(session, batch);
            lock (_gate)
            {
                // A message may have got a row while the code ran.
                foreach (var delivery in batch)
                {
                    if (delivery.Row is not null)
                        plan.Changes.Delete(delivery.Row);
                }
                session.Taken = [];
                session.State = SessionState.Committing;
            }
            var commit = new TurnCommit(this, plan);
            if (plan.Changes.Count == 0)
                commit.Committed();
            else
                _commits.Add(commit);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Refuse(session, batch, new LeaseLostException());
        }
        catch (VersionLeftException e)
        {
            Leave(session, batch, e.Version);
        }
        catch (Exception e)
        {
            PutInQuarantine(session, batch, e);
        }
    }

    private async Task LoadAsync(Session session)
    {
        if (session.IsLoaded)
            return;
        await _loader.LoadAsync(session, _stop.Token);
        lock (_gate)
            session.IsRecovering = _recovering.Contains(session.InstanceId);
    }

    private void Applied(TurnPlan plan)
    {
        var session = plan.Session;
        foreach (var timer in plan.GoneTimers)
            _timers.Remove(timer);
        foreach (var timer in plan.NewTimers)
            _timers.Add(timer);
        lock (_gate)
        {
            foreach (var (_, delivery) in plan.Messages)
                _taken.Add(delivery.Row!);
            foreach (var delivery in plan.NextRun)
                _taken.Add(delivery.Row!);
            foreach (var activity in plan.Activities)
            {
                if (activity.Row is not null)
                    _taken.Add(activity.Row);
            }
        }
        foreach (var (target, delivery) in plan.Messages)
            Deliver(target, delivery);
        foreach (var activity in plan.Activities)
            _activities.Start(activity);
        foreach (var delivery in plan.Deliveries)
        {
            if (delivery.Message is OutcomeMessage outcome && delivery.Row is null)
                _activities.Forget(outcome.Execution, outcome.TaskId);
            delivery.Receipt?.TrySetResult(delivery.Answer ?? Receipt.Accepted);
        }
        if (plan.StatusChanged)
            _waiters.Changed(session.InstanceId, session.Head);

        _work.Begin(plan.NextRun.Count);
        bool again;
        lock (_gate)
        {
            foreach (var delivery in plan.Deliveries)
            {
                if (delivery.Row is not null)
                    _taken.Remove(delivery.Row);
            }
            if (_recovering.Count > 0 && !session.IsRecovering && plan.Changes.Count > 0)
                _recovering.Remove(session.InstanceId);
            if (plan.NextRun.Count > 0)
                session.PutNextRun(plan.NextRun);
            if (_options.ReplayAfterEveryAwait)
                session.Forget();
            again = session.Inbox.Count > 0;
            if (again)
                session.State = SessionState.InTurn;
            else
                _sessions.Rest(session);
        }
        if (again)
            _turns.Add(session);
        _work.End(plan.Deliveries.Count);
    }

    /// <summary>The engine has ended: every caller that waits gets an error, also for messages that waited behind this turn.</summary>
    private void Refuse(Session session, List<Delivery> batch, Exception reason)
    {
        lock (_gate)
        {
            batch = [.. batch, .. session.Inbox];
            session.Inbox.Clear();
            _sessions.Remove(session);
        }
        Refuse(batch, reason);
    }

    private void Refuse(List<Delivery> deliveries, Exception reason)
    {
        foreach (var delivery in deliveries)
            delivery.Receipt?.TrySetException(reason);
        _work.End(deliveries.Count);
    }

    private sealed class TurnCommit(EngineCore core, TurnPlan plan) : ICommit
    {
        public ChangeSet Changes => plan.Changes;

        public void Committed() => core.Applied(plan);

        public void Refused(Exception reason)
        {
            if (reason is TableStoreException)
                core.PutInQuarantine(plan.Session, plan.Deliveries, reason);
            else
                core.Refuse(plan.Session, plan.Deliveries, reason);
        }
    }

    private sealed class KeptCommit(EngineCore core, Delivery delivery, ChangeSet changes) : ICommit
    {
        public ChangeSet Changes => changes;

        public void Committed()
        {
            delivery.Receipt?.TrySetResult(Receipt.Accepted);
            core._work.End();
        }

        public void Refused(Exception reason) => core.Refuse([delivery], reason);
    }
}
