using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Engine.Work;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <content>Takes out of service what cannot go on, and puts it back.</content>
internal sealed partial class EngineCore
{
    /// <summary>Takes an instance out of service whose trouble is not of its code's making, and keeps what was meant for it.</summary>
    private void PutInQuarantine(Session session, List<Delivery> batch, Exception reason)
    {
        Log.Quarantined(_logger, session.InstanceId, reason);
        var changes = new ChangeSet();
        lock (_gate)
        {
            _quarantine.AddInstance(changes, session.InstanceId, reason, reason is HistoryCorruptException ? SessionLoader.Attempts : 1);
            _sessions.Remove(session);
            foreach (var delivery in batch.Concat(session.Inbox))
                KeepForQuarantined(session.InstanceId, delivery);
            session.Inbox.Clear();
        }
        CommitSoon(changes);
    }

    /// <summary>Leaves an instance to a worker of another version, and keeps what was meant for it.</summary>
    private void Leave(Session session, List<Delivery> batch, string version)
    {
        Log.VersionLeft(_logger, session.InstanceId, version, _workerVersion);
        lock (_gate)
        {
            _left.Add(session.InstanceId);
            _sessions.Remove(session);
            foreach (var delivery in batch.Concat(session.Inbox))
                KeepForQuarantined(session.InstanceId, delivery);
            session.Inbox.Clear();
        }
    }

    /// <summary>What has a row stays there; what only memory has gets one, unless it comes again of itself.</summary>
    private void KeepForQuarantined(string instanceId, Delivery delivery)
    {
        if (delivery.Row is not null)
        {
            _taken.Remove(delivery.Row);
        }
        else if (delivery.Message is OutcomeMessage outcome)
        {
            _activities.Forget(outcome.Execution, outcome.TaskId);
        }
        else if (delivery.Message is PurgeMessage or RetryMessage)
        {
            delivery.Receipt?.TrySetResult(Receipt.NotEnded);
        }
        else if (delivery.Message is not (TimerMessage or WakeMessage or StrayMessage))
        {
            var changes = new ChangeSet();
            changes.Insert(_journal.NextMessageRow(), MessageRow.Encode(instanceId, delivery.Message));
            _commits.Add(new KeptCommit(this, delivery, changes));
            return;
        }
        _work.End();
    }

    private void QuarantineRow(Exception reason, Entity entity)
    {
        Log.MessageQuarantined(_logger, entity.Row, reason);
        var changes = new ChangeSet();
        _quarantine.AddRow(changes, entity.Row, reason);
        CommitSoon(changes);
    }

    /// <summary>Puts what was quarantined back into service.</summary>
    /// <returns>Whether it was quarantined.</returns>
    public async Task<bool> RetryQuarantinedAsync(string key, CancellationToken cancellationToken)
    {
        if (_quarantine.Find(key) is not { } item)
            return false;
        _work.Begin();
        try
        {
            var changes = new ChangeSet();
            changes.Delete(item.Key);
            if (item.InstanceId is { } id
                && await _store.GetAsync(_options.Table, Keys.Partition, Keys.ReadyInstance(id), cancellationToken) is not null)
            {
                changes.Upsert(Keys.ReadyInstance(id), ReadyRow.Create(id));
            }

            if (item.Row is not null)
                await CountRecoveriesAnewAsync(changes, item.Row, cancellationToken);
            await CommitAsync(changes);
            _quarantine.PutBack(item);
            if (item.InstanceId is not null)
                Deliver(item.InstanceId, new Delivery(new RetryMessage()));
            else if (item.Row!.StartsWith(Keys.Timers, StringComparison.Ordinal))
                await RetryTimerAsync(item.Row, cancellationToken);
            lock (_gate)
            {
                if (item.Row is not null)
                    _taken.Remove(item.Row);
            }
            await TakeMessagesAsync(Keys.Carried, int.MaxValue, cancellationToken);
            await TakeMessagesAsync(Keys.Messages, int.MaxValue, cancellationToken);
            await TakePostsAsync(cancellationToken);
            return true;
        }
        finally
        {
            _work.End();
        }
    }

    /// <summary>An activity that no instance awaits was given up after too many recoveries. Put back, it has all of them again.</summary>
    private async Task CountRecoveriesAnewAsync(ChangeSet changes, string row, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync(_options.Table, Keys.Partition, row, cancellationToken) is not { } entity)
            return;
        try
        {
            if (!row.StartsWith(Keys.Timers, StringComparison.Ordinal)
                && MessageRow.Decode(entity) is (var instanceId, ActivityMessage activity))
            {
                changes.Upsert(row, MessageRow.Encode(instanceId, activity with { Recoveries = 0 }));
            }
        }
        catch (HistoryCorruptException)
        {
            // It still cannot be read: the next read quarantines it again.
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
            QuarantineRow(e, entity);
        }
    }

    /// <summary>Removes a quarantined instance or message for good, in any state.</summary>
    /// <returns>Whether it was quarantined.</returns>
    public async Task<bool> DiscardQuarantinedAsync(string key, CancellationToken cancellationToken)
    {
        if (_quarantine.Find(key) is not { } item)
            return false;
        var changes = new ChangeSet();
        changes.Delete(item.Key);
        if (item.InstanceId is { } id)
        {
            changes.Delete(Keys.Head(id));
            changes.Delete(Keys.ReadyInstance(id));
            var history = RowRange.Prefix(Keys.History(id));
            await foreach (var entity in _store.ReadAllAsync(_options.Table, Keys.Partition, history, cancellationToken))
                changes.Delete(entity.Row);
        }
        else
        {
            changes.Delete(item.Row!);
        }

        await CommitAsync(changes);
        _quarantine.Remove(item);
        return true;
    }
}
