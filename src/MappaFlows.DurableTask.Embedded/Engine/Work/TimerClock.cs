using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Fires timers when the clock has reached them, however far off they were.</summary>
internal sealed class TimerClock
{
    // Wall clocks are set and machines sleep, which no timer notices: so look again at least this often.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(1);

    private readonly TimerIndex _index;
    private readonly TimeProvider _time;
    private readonly WorkTracker _work;
    private readonly Action<TimerEntry> _fire;
    private readonly ITimer _alarm;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _looking;
    private bool _lookAgain;
    private bool _started;
    private DateTime _alarmAt = DateTime.MaxValue;

    public TimerClock(
        ITableStore store,
        string table,
        TimeProvider time,
        WorkTracker work,
        Action<TimerEntry> fire,
        Action<Exception, Entity> onUnreadable)
    {
        _index = new TimerIndex(store, table, onUnreadable);
        _time = time;
        _work = work;
        _fire = fire;
        _alarm = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the next timer is due, once the index has read as far.</summary>
    public DateTimeOffset? NextDue => _index.NextDue is { } due ? new DateTimeOffset(due) : null;

    public void Start()
    {
        lock (_gate)
            _started = true;
        Look();
    }

    public void Stop()
    {
        _stop.Cancel();
        _alarm.Dispose();
    }

    public void Add(TimerEntry timer)
    {
        _index.Add(timer);
        bool sooner;
        lock (_gate)
            sooner = timer.DueUtc < _alarmAt;
        if (sooner)
            Look();
    }

    public void Remove(TimerEntry timer)
    {
        _index.Remove(timer);
        if (_index.NeedsReading)
            Look();
    }

    /// <summary>Fires what is due by now and sets the alarm for what comes next. Cheap when nothing is due.</summary>
    public void Look()
    {
        lock (_gate)
        {
            if (!_started || _stop.IsCancellationRequested)
                return;
            _lookAgain = true;
            if (_looking)
                return;
            _looking = true;
        }
        _work.Begin();
        _ = LookAsync();
    }

    private async Task LookAsync()
    {
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    if (!_lookAgain)
                    {
                        _looking = false;
                        return;
                    }
                    _lookAgain = false;
                }
                await LookOnceAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        finally
        {
            _work.End();
        }
    }

    private async Task LookOnceAsync()
    {
        while (true)
        {
            if (_index.NeedsReading)
                await _index.ReadAsync(_stop.Token);
            var due = _index.TakeDue(_time.GetUtcNow().UtcDateTime);
            foreach (var timer in due)
                _fire(timer);
            if (due.Count == 0 && !_index.NeedsReading)
                break;
        }
        if (_index.NextDue is { } next)
            SetAlarm(next - _time.GetUtcNow().UtcDateTime);
        else
            SetAlarm(Timeout.InfiniteTimeSpan);
    }

    private void SetAlarm(TimeSpan delay)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            if (delay == Timeout.InfiniteTimeSpan)
            {
                _alarmAt = DateTime.MaxValue;
                _alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }
            // Rounded up, for a timer that rings a moment too early would only have to be set again.
            var nap = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(delay.TotalMilliseconds, 1, LongestNap.TotalMilliseconds)));
            _alarmAt = _time.GetUtcNow().UtcDateTime + nap;
            _alarm.Change(nap, Timeout.InfiniteTimeSpan);
        }
    }
}
