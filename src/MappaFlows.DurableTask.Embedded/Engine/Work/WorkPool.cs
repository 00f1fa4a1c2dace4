namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Runs work on the thread pool, so many at once, the rest in the order of its coming.</summary>
/// <param name="limit">How many at once.</param>
/// <param name="run">Never fails: it handles every error of an item itself.</param>
internal sealed class WorkPool<T>(int limit, Func<T, Task> run)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private int _running;

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_running == limit)
            {
                _waiting.Enqueue(item);
                return;
            }
            _running++;
        }
        Start(item);
    }

    private void Start(T item) =>
        ThreadPool.UnsafeQueueUserWorkItem(static s => _ = s.Pool.WorkAsync(s.Item), (Pool: this, Item: item), preferLocal: false);

    private async Task WorkAsync(T item)
    {
        while (true)
        {
            await run(item);
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out item!))
                {
                    _running--;
                    return;
                }
            }
        }
    }
}
