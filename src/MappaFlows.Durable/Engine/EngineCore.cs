using MappaFlows.Durable.Engine.History;
using MappaFlows.Durable.Engine.Storage;
using MappaFlows.Durable.Engine.Work;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Durable.Engine;

/// <summary>
/// The engine of a host that holds the lease. Messages come in, instances take their turns, turns are committed, and only what is
/// committed has effects. Everything in memory is a copy: when the lease is lost this object is thrown away whole.
/// </summary>
internal sealed class EngineCore
{
    private const int MaxMessagesPerTurn = 200;
    private const int LoadAttempts = 3;

    private readonly ITableStore _store;
    private readonly DurableEngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Journal _journal;
    private readonly CommitQueue _commits;
    private readonly TurnProcessor _processor;
    private readonly ActivityRunner _activities;
    private readonly TimerClock _timers;
    private readonly WorkPool<Session> _turns;
    private readonly WorkTracker _work = new();
    private readonly InstanceWaiters _waiters;
    private readonly CancellationTokenSource _stop = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<Session> _resting = new();
    private readonly HashSet<string> _recovering = new(StringComparer.Ordinal);
    private readonly ParkingLot _parked;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public EngineCore(
        ITableStore store,
        DurableTaskRegistry registry,
        IServiceProvider services,
        ILoggerFactory loggers,
        DurableEngineOptions options,
        TimeProvider time,
        Journal journal,
        InstanceWaiters waiters)
    {
        _options = options;
        _time = time;
        _logger = loggers.CreateLogger<EngineCore>();
        _store = new PatientReads(store, options.HostTime, _logger);
        _journal = journal;
        _waiters = waiters;
        _commits = new CommitQueue(journal);
        _processor = new TurnProcessor(registry, services, loggers, options, time, journal.NextMessageRow, (id, execution) => Deliver(id, new Delivery(new StrayMessage(execution))));
        _activities = new ActivityRunner(registry, services, _logger, options, _work, (id, outcome) => Deliver(id, new Delivery(outcome)));
        _timers = new TimerClock(_store, options.Table, time, _work, timer => Deliver(timer.InstanceId, new Delivery(new TimerMessage(timer))), ParkRow);
        _turns = new WorkPool<Session>(options.MaxConcurrentOrchestrations, TakeTurnAsync);
        _parked = new ParkingLot(_store, options.Table, time);
    }

    /// <summary>Ends when the engine has stopped or lost the lease; then it says which.</summary>
    public Task Completion => _commits.Completion;

    public WorkTracker Work => _work;

    public TimerClock Timers => _timers;

    public ParkingLot Parked => _parked;

    /// <summary>Takes up what an earlier host left.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _work.Begin();
        try
        {
            await _parked.LoadAsync(cancellationToken);
            var ready = await RecoverAsync(cancellationToken);
            var messages = await TakeMessagesAsync(Keys.Messages, int.MaxValue, cancellationToken);
            foreach (var id in ready)
                Deliver(id, new Delivery(new WakeMessage()));
            await TakePostsAsync(cancellationToken);
            _timers.Start();
            Log.LeaseTaken(_logger, _journal.Term, ready.Count, messages, _parked.Count);
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
        _activities.Stop();
        var patience = Task.Delay(_options.ShutdownPatience, _options.HostTime, cancellationToken);
        await Task.WhenAny(_work.WhenIdle(), patience);
        if (_activities.UnderWay is var left and > 0)
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
    public Task TakePostsAsync(CancellationToken cancellationToken) => TakeMessagesAsync(Keys.Posted, TableLimits.EntitiesPerPage, cancellationToken);

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
        Session? session = null;
        lock (_gate)
        {
            if (_parked.Has(instanceId))
            {
                KeepForParked(instanceId, delivery);
                return;
            }
            if (!_sessions.TryGetValue(instanceId, out session))
                _sessions.Add(instanceId, session = new Session(instanceId) { IsLoaded = delivery.Message is StartMessage { IsOfNewId: true } });
            session.Inbox.AddLast(delivery);
            if (session.State != SessionState.Resting)
                return;
            session.State = SessionState.InTurn;
            if (session.Place is not null)
            {
                _resting.Remove(session.Place);
                session.Place = null;
            }
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
                batch = session.TakeBatch(_options.ReplayAfterEveryAwait ? 1 : MaxMessagesPerTurn);
            var plan = _processor.Process(session, batch);
            lock (_gate)
                session.State = SessionState.Committing;
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
        catch (Exception e)
        {
            Park(session, batch, e);
        }
    }

    private async Task LoadAsync(Session session)
    {
        for (var attempt = 1; !session.IsLoaded; attempt++)
        {
            try
            {
                if (await _store.GetAsync(_options.Table, Keys.Partition, Keys.Head(session.InstanceId), _stop.Token) is { } entity)
                {
                    session.Head = Head.From(entity);
                    if (session.Head.IsLive)
                    {
                        var generation = session.Head.Generation;
                        (session.Stored, session.Rows) =
                            await TurnRows.ReadAsync(_store, _options.Table, session.InstanceId, generation, _stop.Token);
                    }
                }
                lock (_gate)
                    session.IsRecovering = _recovering.Contains(session.InstanceId);
                session.IsLoaded = true;
            }
            catch (HistoryCorruptException) when (attempt < LoadAttempts)
            {
                session.Forget();
            }
        }
    }

    private void Applied(TurnPlan plan)
    {
        var session = plan.Session;
        foreach (var timer in plan.GoneTimers)
            _timers.Remove(timer);
        foreach (var timer in plan.NewTimers)
            _timers.Add(timer);
        foreach (var (target, delivery) in plan.Messages)
            Deliver(target, delivery);
        foreach (var (execution, task) in plan.Activities)
            _activities.Start(session.InstanceId, execution, task);
        foreach (var delivery in plan.Deliveries)
        {
            if (delivery.Message is OutcomeMessage outcome && delivery.Row is null)
                _activities.Forget(outcome.Execution, outcome.TaskId);
            delivery.Receipt?.TrySetResult(delivery.Answer);
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
            for (var i = plan.NextRun.Count - 1; i >= 0; i--)
                session.Inbox.AddFirst(plan.NextRun[i]);
            if (_options.ReplayAfterEveryAwait)
                session.Forget();
            again = session.Inbox.Count > 0;
            session.State = again ? SessionState.InTurn : SessionState.Resting;
            if (!again)
                Rest(session);
        }
        if (again)
            _turns.Add(session);
        _work.End(plan.Deliveries.Count);
    }

    /// <summary>Keeps the session for its next turn, as long as there is room. One without a live instance is not worth keeping.</summary>
    private void Rest(Session session)
    {
        if (session.Run is null)
        {
            _sessions.Remove(session.InstanceId);
            return;
        }
        session.Place = _resting.AddLast(session);
        while (_resting.Count > _options.MaxCachedInstances)
        {
            _sessions.Remove(_resting.First!.Value.InstanceId);
            _resting.RemoveFirst();
        }
    }

    private async Task<List<string>> RecoverAsync(CancellationToken cancellationToken)
    {
        var ready = new List<string>();
        var changes = new ChangeSet();
        await foreach (var entity in _store.AllAsync(_options.Table, RowRange.Prefix(Keys.Ready), cancellationToken))
        {
            var (id, recoveries, since) = ReadyRow.Read(entity);
            if (_parked.Has(id))
                continue;
            if (recoveries >= _options.MaxRecoveries)
            {
                var reason = new InvalidOperationException(
                    $"The instance was taken up {recoveries} times after a restart and never got on: one of its activities may be ending the process.");
                Log.Parked(_logger, id, reason);
                _parked.AddInstance(changes, id, reason, recoveries, since);
                continue;
            }
            changes.Upsert(entity.Row, ReadyRow.Create(id, recoveries + 1, since ?? _time.GetUtcNow()));
            ready.Add(id);
            lock (_gate)
                _recovering.Add(id);
        }
        if (changes.Count > 0)
            await CommitAsync(changes);
        return ready;
    }

    private async Task<int> TakeMessagesAsync(string prefix, int atMost, CancellationToken cancellationToken)
    {
        var taken = 0;
        await foreach (var entity in _store.AllAsync(_options.Table, RowRange.Prefix(prefix), cancellationToken))
        {
            if (_parked.HasRow(entity.Row))
                continue;
            lock (_gate)
            {
                if (!_taken.Add(entity.Row))
                    continue;
            }
            try
            {
                var (target, message) = MessageRow.Decode(entity);
                Deliver(target, new Delivery(message, entity.Row));
            }
            catch (HistoryCorruptException e)
            {
                ParkRow(e, entity);
            }
            if (++taken == atMost)
                break;
        }
        return taken;
    }

    /// <summary>Takes an instance out of service whose trouble is not of its code's making, and keeps what was meant for it.</summary>
    private void Park(Session session, List<Delivery> batch, Exception reason)
    {
        Log.Parked(_logger, session.InstanceId, reason);
        var changes = new ChangeSet();
        lock (_gate)
        {
            _parked.AddInstance(changes, session.InstanceId, reason, reason is HistoryCorruptException ? LoadAttempts : 1);
            _sessions.Remove(session.InstanceId);
            foreach (var delivery in batch.Concat(session.Inbox))
                KeepForParked(session.InstanceId, delivery);
            session.Inbox.Clear();
        }
        CommitSoon(changes);
    }

    /// <summary>What has a row stays there; what only memory has gets one, unless it comes again of itself.</summary>
    private void KeepForParked(string instanceId, Delivery delivery)
    {
        if (delivery.Row is not null)
            _taken.Remove(delivery.Row);
        else if (delivery.Message is OutcomeMessage outcome)
            _activities.Forget(outcome.Execution, outcome.TaskId);
        else if (delivery.Message is PurgeMessage or RetryMessage)
            delivery.Receipt?.TrySetResult(Receipt.NotEnded);
        else if (delivery.Message is not (TimerMessage or WakeMessage or StrayMessage))
        {
            var changes = new ChangeSet();
            changes.Insert(_journal.NextMessageRow(), MessageRow.Encode(instanceId, delivery.Message));
            _commits.Add(new KeptCommit(this, delivery, changes));
            return;
        }
        _work.End();
    }

    private void ParkRow(Exception reason, Entity entity)
    {
        Log.MessageParked(_logger, entity.Row, reason);
        var changes = new ChangeSet();
        _parked.AddRow(changes, entity.Row, reason);
        CommitSoon(changes);
    }

    /// <summary>Puts what was parked back into service.</summary>
    /// <returns>Whether it was parked.</returns>
    public async Task<bool> UnparkAsync(string key, CancellationToken cancellationToken)
    {
        if (_parked.Find(key) is not { } item)
            return false;
        _work.Begin();
        try
        {
            var changes = new ChangeSet();
            changes.Delete(item.Key);
            if (item.InstanceId is { } id && await _store.GetAsync(_options.Table, Keys.Partition, Keys.ReadyInstance(id), cancellationToken) is not null)
                changes.Upsert(Keys.ReadyInstance(id), ReadyRow.Create(id));
            await CommitAsync(changes);
            _parked.PutBack(item);
            if (item.InstanceId is not null)
                Deliver(item.InstanceId, new Delivery(new RetryMessage()));
            else if (item.Row!.StartsWith(Keys.Timers, StringComparison.Ordinal))
                await RetryTimerAsync(item.Row, cancellationToken);
            lock (_gate)
            {
                if (item.Row is not null)
                    _taken.Remove(item.Row);
            }
            await TakeMessagesAsync(Keys.Messages, int.MaxValue, cancellationToken);
            await TakePostsAsync(cancellationToken);
            return true;
        }
        finally
        {
            _work.End();
        }
    }

    private async Task RetryTimerAsync(string row, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync(_options.Table, Keys.Partition, row, cancellationToken) is not { } entity)
            return;
        try
        {
            _timers.Add(TimerEntry.From(entity));
        }
        catch (HistoryCorruptException e)
        {
            ParkRow(e, entity);
        }
    }

    /// <summary>Removes a parked instance or message for good, whatever state it is in.</summary>
    /// <returns>Whether it was parked.</returns>
    public async Task<bool> DiscardAsync(string key, CancellationToken cancellationToken)
    {
        if (_parked.Find(key) is not { } item)
            return false;
        var changes = new ChangeSet();
        changes.Delete(item.Key);
        if (item.InstanceId is { } id)
        {
            changes.Delete(Keys.Head(id));
            changes.Delete(Keys.ReadyInstance(id));
            await foreach (var entity in _store.AllAsync(_options.Table, RowRange.Prefix(Keys.History(id)), cancellationToken))
                changes.Delete(entity.Row);
        }
        else
            changes.Delete(item.Row!);
        await CommitAsync(changes);
        _parked.Remove(item);
        return true;
    }

    /// <summary>The engine has ended: whoever waits for an answer is told, also those whose message waited behind this turn.</summary>
    private void Refuse(Session session, List<Delivery> batch, Exception reason)
    {
        lock (_gate)
        {
            batch = [.. batch, .. session.Inbox];
            session.Inbox.Clear();
            _sessions.Remove(session.InstanceId);
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
                core.Park(plan.Session, plan.Deliveries, reason);
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

    private sealed class PlainCommit(ChangeSet changes) : ICommit
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ChangeSet Changes => changes;

        public Task Done => _done.Task;

        public void Committed() => _done.TrySetResult();

        public void Refused(Exception reason)
        {
            _done.TrySetException(reason);
            // Nobody need look at it.
            _ = _done.Task.Exception;
        }
    }
}
