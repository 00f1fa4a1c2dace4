using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Engine.Work;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <content>Takes up what is stored: what an earlier host left, and what hosts that stand by have posted.</content>
internal sealed partial class EngineCore
{
    private async Task<List<string>> RecoverAsync(CancellationToken cancellationToken)
    {
        var ready = new List<string>();
        var changes = new ChangeSet();
        await foreach (var entity in _store.ReadAllAsync(_options.Table, Keys.Partition, RowRange.Prefix(Keys.Ready), cancellationToken))
        {
            var (id, recoveries, since) = ReadyRow.Read(entity);
            if (_quarantine.Has(id))
                continue;
            if (recoveries >= _options.MaxRecoveries)
            {
                var reason = new InvalidOperationException(
                    $"The instance was taken up {recoveries} times after a restart and never got on: one of its activities may be ending the process.");
                Log.Quarantined(_logger, id, reason);
                _quarantine.AddInstance(changes, id, reason, recoveries, since);
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

    /// <param name="isRestart">Whether these messages are left from an earlier host.</param>
    private async Task<int> TakeMessagesAsync(string prefix, int atMost, CancellationToken cancellationToken, bool isRestart = false)
    {
        var taken = 0;
        await foreach (var entity in _store.ReadAllAsync(_options.Table, Keys.Partition, RowRange.Prefix(prefix), cancellationToken))
        {
            if (_quarantine.HasRow(entity.Row))
                continue;
            lock (_gate)
            {
                if (!_taken.Add(entity.Row))
                    continue;
            }
            try
            {
                var (target, message) = MessageRow.Decode(entity);
                if (message is ActivityMessage activity)
                    TakeUnawaited(entity, target, activity, isRestart);
                else
                    Deliver(target, new Delivery(message, entity.Row));
            }
            catch (HistoryCorruptException e)
            {
                QuarantineRow(e, entity);
            }
            if (++taken == atMost)
                break;
        }
        return taken;
    }

    /// <summary>Takes up an activity that no instance awaits. One that keeps ending the host is given up.</summary>
    private void TakeUnawaited(Entity entity, string instanceId, ActivityMessage activity, bool isRestart)
    {
        var start = new ActivityStart(
            instanceId,
            activity.Execution,
            new TaskScheduled(activity.TaskId, activity.Name, activity.Input, activity.Version),
            entity.Row);
        if (isRestart)
        {
            if (activity.Recoveries >= _options.MaxRecoveries)
            {
                QuarantineRow(new InvalidOperationException($"The activity '{activity.Name}' was taken up {activity.Recoveries} times after a restart and never ended."), entity);
                return;
            }
            // The count is durable before the activity begins: one that ends the process must not end it for ever.
            var changes = new ChangeSet();
            changes.Upsert(entity.Row, MessageRow.Encode(instanceId, activity with { Recoveries = activity.Recoveries + 1 }));
            var commit = new PlainCommit(changes);
            _work.Begin();
            commit.Done.GetAwaiter().OnCompleted(() =>
            {
                if (commit.Done.IsCompletedSuccessfully)
                    _activities.Start(start);
                _work.End();
            });
            _commits.Add(commit);
            return;
        }
        _activities.Start(start);
    }

    private void UnawaitedEnded(ActivityStart activity)
    {
        _work.Begin();
        var changes = new ChangeSet();
        changes.Delete(activity.Row!);
        var commit = new PlainCommit(changes);
        commit.Done.GetAwaiter().OnCompleted(() =>
        {
            _activities.ForgetUnawaited(activity);
            lock (_gate)
                _taken.Remove(activity.Row!);
            _work.End();
        });
        _commits.Add(commit);
    }

    /// <summary>
    /// Stores the messages that wait behind code that does not come back, and answers their senders: they are durable, and the instance
    /// takes them in when its code comes back or another host runs it.
    /// </summary>
    private void KeepWhatWaits()
    {
        var busy = _watch.LastingFor(KeepAfter);
        if (busy.Count == 0)
            return;
        var kept = new List<Delivery>();
        var changes = new ChangeSet();
        lock (_gate)
        {
            // Where each place is held, those that wait for a place do not come to a turn either.
            IEnumerable<Session> waiting = busy.Count >= _options.MaxConcurrentOrchestrations ? _sessions.All : busy;
            foreach (var session in waiting)
            {
                foreach (var delivery in session.Taken.Concat(session.Inbox))
                {
                    if (!MayKeep(delivery))
                        continue;
                    delivery.Row = _journal.NextMessageRow();
                    _taken.Add(delivery.Row);
                    changes.Insert(delivery.Row, MessageRow.Encode(session.InstanceId, delivery.Message));
                    kept.Add(delivery);
                }
            }
            // Within the gate, so that the turn that takes a message in, and removes its row, is committed after this.
            if (kept.Count > 0)
                _commits.Add(new WaitingCommit(kept, changes));
        }
    }

    /// <summary>A start may be kept once it is decided that it is no second one; one whose id was made for it never is.</summary>
    private static bool MayKeep(Delivery delivery) => delivery is { Row: null, Receipt.Task.IsCompleted: false } && delivery.Message switch
    {
        EventMessage or SuspendMessage or ResumeMessage or TerminateMessage => true,
        StartMessage start => start.IsOfNewId || delivery.Answer == Receipt.Accepted,
        _ => false,
    };

    private sealed class WaitingCommit(List<Delivery> kept, ChangeSet changes) : ICommit
    {
        public ChangeSet Changes => changes;

        public void Committed()
        {
            foreach (var delivery in kept)
                delivery.Receipt?.TrySetResult(Receipt.Accepted);
        }

        // The engine ends, or the row could not be written: then the turn that takes a message in answers for it.
        public void Refused(Exception reason)
        {
        }
    }
}
