namespace MappaFlows.Durable.Engine;

/// <summary>Who waits in this process for an instance to start or end.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> _waiters = new(StringComparer.Ordinal);

    /// <summary>Completes at the instance's next change of state. Ask before looking at the state, or a change may be missed.</summary>
    public Task NextChange(string instanceId)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out var list))
                _waiters.Add(instanceId, list = []);
            list.Add(waiter);
        }
        return waiter.Task;
    }

    public void Changed(string instanceId)
    {
        List<TaskCompletionSource>? list;
        lock (_gate)
        {
            if (!_waiters.Remove(instanceId, out list))
                return;
        }
        foreach (var waiter in list)
            waiter.TrySetResult();
    }

    /// <summary>This host hears of no more changes: whoever waits has to look for himself.</summary>
    public void AllChanged()
    {
        List<List<TaskCompletionSource>> all;
        lock (_gate)
        {
            all = [.. _waiters.Values];
            _waiters.Clear();
        }
        foreach (var waiter in all.SelectMany(list => list))
            waiter.TrySetResult();
    }
}
