using MappaFlows.DurableTask.Embedded.Engine.Storage;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Changes that no turn makes, and a task that ends once they are durable.</summary>
internal sealed class PlainCommit(ChangeSet changes) : ICommit
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeSet Changes => changes;

    public Task Done => _done.Task;

    public void Committed() => _done.TrySetResult();

    public void Refused(Exception reason)
    {
        _done.TrySetException(reason);
        // The exception counts as observed: not every caller awaits.
        _ = _done.Task.Exception;
    }
}
