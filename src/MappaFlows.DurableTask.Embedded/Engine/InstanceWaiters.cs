using MappaFlows.DurableTask.Embedded.Engine.Storage;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Who waits in this process for an instance to start or end.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);

    /// <summary>Waits for a state. Ask before looking at the instance, or a change may be missed.</summary>
    public Waiter Add(string instanceId, Func<OrchestrationRuntimeStatus, bool> isAwaited)
    {
        var waiter = new Waiter(this, instanceId, isAwaited);
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out var list))
                _waiters.Add(instanceId, list = []);
            list.Add(waiter);
        }
        return waiter;
    }

    /// <param name="stored">What the store has now; null where the instance is gone.</param>
    public void Changed(string instanceId, Head? stored)
    {
        List<Waiter> told;
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out var list))
                return;
            told = list.FindAll(waiter => stored is null || waiter.IsAwaited(stored.Status));
        }
        foreach (var waiter in told)
            waiter.Tell(stored);
    }

    /// <summary>This host hears of no more changes: callers must poll.</summary>
    public void AllChanged()
    {
        List<Waiter> all;
        lock (_gate)
            all = [.. _waiters.Values.SelectMany(list => list)];
        foreach (var waiter in all)
            waiter.Tell(null);
    }

    private void Remove(Waiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(waiter.InstanceId, out var list) && list.Remove(waiter) && list.Count == 0)
                _waiters.Remove(waiter.InstanceId);
        }
    }

    /// <summary>One wait; over when it is disposed.</summary>
    internal sealed class Waiter(InstanceWaiters owner, string instanceId, Func<OrchestrationRuntimeStatus, bool> isAwaited) : IDisposable
    {
        private volatile TaskCompletionSource<Head?> _change = NewChange();

        public string InstanceId { get; } = instanceId;

        public Func<OrchestrationRuntimeStatus, bool> IsAwaited { get; } = isAwaited;

        /// <summary>
        /// Completes with the instance as the store has it in the awaited state, or with null where one has to look again.
        /// </summary>
        public Task<Head?> Change => _change.Task;

        public void Tell(Head? stored) => _change.TrySetResult(stored);

        /// <summary>Waits once more. Call it before looking again.</summary>
        public void Renew() => _change = NewChange();

        public void Dispose() => owner.Remove(this);

        private static TaskCompletionSource<Head?> NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
