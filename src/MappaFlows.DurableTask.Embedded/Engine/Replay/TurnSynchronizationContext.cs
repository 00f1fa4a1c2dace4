namespace MappaFlows.DurableTask.Embedded.Engine.Replay;

/// <summary>
/// Runs an orchestration's continuations one after another on the thread of its turn, and tells when one arrives from
/// anywhere else: then the code has awaited something that its history cannot bring back.
/// </summary>
internal sealed class TurnSynchronizationContext(Action onForeign) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private volatile int _thread;

    /// <summary>Whether the caller is the turn that runs now.</summary>
    public bool IsCurrent => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs what <paramref name="action"/> sets off, until the code waits again.</summary>
    public void Run(Action action)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            action();
            Drain();
        }
        finally
        {
            _thread = 0;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Runs the continuations that were queued, and those that they queue.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next))
            next.Callback(next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            _queue.Enqueue((d, state));
        else
            onForeign();
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            d(state);
        else
            onForeign();
    }

    public override SynchronizationContext CreateCopy() => this;
}
