namespace MappaFlows.Local.Clock;

/// <summary>A timer with an appointed time on the movable clock, run by a timer of the real one.</summary>
internal sealed class MovableTimer : ITimer
{
    /// <summary>Below the longest wait that a timer of the system takes (about 49 days).</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromDays(30);

    private readonly MovableClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _nap;
    private readonly Lock _gate = new();
    private DateTimeOffset? _dueAt;
    private TimeSpan _period;
    private bool _disposed;

    public MovableTimer(MovableClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _nap = real.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_disposed) return false;
            _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            _period = period;
            Rearm();
        }

        return true;
    }

    /// <summary>Looks whether the appointed time has come. Fires on another thread, as timers do.</summary>
    public void ClockMoved()
    {
        lock (_gate)
            Rearm();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _dueAt = null;
            Rearm();
            _nap.Dispose();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_dueAt is not { } dueAt) return;
            var now = _clock.GetUtcNow();
            if (now < dueAt)
            {
                Rearm();
                return;
            }

            // Once, however many periods a move went over: no one waits for the ticks of years.
            _dueAt = _period > TimeSpan.Zero ? now + _period : null;
            Rearm();
        }

        _callback(_state);
    }

    private void Rearm()
    {
        _clock.Watch(this, _dueAt is not null);
        if (_disposed) return;
        if (_dueAt is not { } dueAt)
        {
            _nap.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = dueAt - _clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            // A timer of the system counts whole milliseconds: rounded up, so that it does not wake just before.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestNap.TotalMilliseconds)));
        }

        _nap.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
