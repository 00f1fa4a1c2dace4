namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Counts what is under way, so that one can wait until nothing is.</summary>
internal sealed class WorkTracker
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _idle;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _count == 0;
        }
    }

    public void Begin(int count = 1)
    {
        lock (_gate)
            _count += count;
    }

    public void End(int count = 1)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            _count -= count;
            if (_count == 0)
                (idle, _idle) = (_idle, null);
        }
        idle?.TrySetResult();
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }
}
