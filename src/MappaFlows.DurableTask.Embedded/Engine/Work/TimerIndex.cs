using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>A timer of an instance. Its row is the key by which timers are in order.</summary>
internal sealed record TimerEntry(string Row, DateTime DueUtc, string InstanceId, Guid Execution, int TimerId)
{
    /// <summary>The number of the timer that begins an instance which was scheduled for later.</summary>
    public const int StartTimer = -1;

    public static TimerEntry Create(string instanceId, int generation, Guid execution, int timerId, DateTime dueUtc) =>
        new(Keys.Timer(dueUtc, instanceId, generation, timerId), dueUtc, instanceId, execution, timerId);

    public Dictionary<string, object> ToProperties() => new(4)
    {
        ["Id"] = InstanceId,
        ["Execution"] = Execution,
        ["Timer"] = TimerId,
    };

    /// <exception cref="HistoryCorruptException">The row is no timer.</exception>
    public static TimerEntry From(Entity entity)
    {
        var ticks = entity.Row.AsSpan(Keys.Timers.Length, Math.Min(19, entity.Row.Length - Keys.Timers.Length));
        if (!long.TryParse(ticks, System.Globalization.CultureInfo.InvariantCulture, out var due) || due > DateTime.MaxValue.Ticks)
            throw new HistoryCorruptException("A timer has no due time.");
        return new(entity.Row, new DateTime(due, DateTimeKind.Utc), entity.Need<string>("Id"), entity.Need<Guid>("Execution"), entity.Need<int>("Timer"));
    }
}

/// <summary>
/// The next timers, in memory; those after them stay in the store until their time draws near. So finding what is due costs the same
/// however many sleep.
/// </summary>
internal sealed class TimerIndex(ITableStore store, string table, Action<Exception, Entity> onUnreadable)
{
    private const int Page = TableLimits.EntitiesPerPage;
    private const int MostInMemory = 4 * Page;
    private const int KeptAtTrim = 2 * Page;

    private readonly Lock _gate = new();
    private readonly SortedSet<TimerEntry> _next = new(Comparer<TimerEntry>.Create((a, b) => string.CompareOrdinal(a.Row, b.Row)));

    // Every stored timer whose row is before this is in memory; null when all are.
    private string? _horizon = Keys.Timers;

    // What happened beyond the horizon while a page was being read, and may or may not be in it.
    private List<(TimerEntry Timer, bool Added)>? _duringRead;

    /// <summary>When the next timer is due; null where there is none. Only right when <see cref="NeedsReading"/> is false.</summary>
    public DateTime? NextDue
    {
        get
        {
            lock (_gate)
                return _next.Min?.DueUtc;
        }
    }

    /// <summary>Whether the next timers have to be read from the store first.</summary>
    public bool NeedsReading
    {
        get
        {
            lock (_gate)
                return _next.Count == 0 && _horizon is not null;
        }
    }

    public void Add(TimerEntry timer)
    {
        lock (_gate)
        {
            _duringRead?.Add((timer, true));
            if (_horizon is null || string.CompareOrdinal(timer.Row, _horizon) < 0)
                _next.Add(timer);
            if (_next.Count > MostInMemory && _duringRead is null)
                Trim();
        }
    }

    public void Remove(TimerEntry timer)
    {
        lock (_gate)
        {
            _duringRead?.Add((timer, false));
            _next.Remove(timer);
        }
    }

    /// <summary>Takes out the timers that are due. Their rows stay until the turns that they lead to are committed.</summary>
    public List<TimerEntry> TakeDue(DateTime nowUtc)
    {
        var due = new List<TimerEntry>();
        lock (_gate)
        {
            while (_next.Min is { } first && first.DueUtc <= nowUtc)
            {
                _next.Remove(first);
                due.Add(first);
            }
        }
        return due;
    }

    /// <summary>Reads the next page where it is needed. Called by one at a time.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (NeedsReading)
        {
            string from;
            lock (_gate)
            {
                from = _horizon!;
                _duringRead = [];
            }
            EntityPage page;
            try
            {
                page = await store.QueryAsync(
                    table,
                    Keys.Partition,
                    new RowRange(from, RowRange.Prefix(Keys.Timers).To),
                    Page,
                    null,
                    cancellationToken);
            }
            catch
            {
                lock (_gate)
                    _duringRead = null;
                throw;
            }
            Take(page);
        }
    }

    private void Take(EntityPage page)
    {
        lock (_gate)
        {
            foreach (var entity in page.Entities)
            {
                try
                {
                    _next.Add(TimerEntry.From(entity));
                }
                catch (HistoryCorruptException e)
                {
                    onUnreadable(e, entity);
                }
            }
            _horizon = page.Continuation is null || page.Entities.Count == 0 ? null : page.Entities[^1].Row + "!";
            foreach (var (timer, added) in _duringRead!)
            {
                if (!added)
                    _next.Remove(timer);
                else if (_horizon is null || string.CompareOrdinal(timer.Row, _horizon) < 0)
                    _next.Add(timer);
            }
            _duringRead = null;
        }
    }

    private void Trim()
    {
        var kept = _next.Take(KeptAtTrim + 1).ToList();
        _horizon = kept[^1].Row;
        kept.RemoveAt(kept.Count - 1);
        _next.Clear();
        _next.UnionWith(kept);
    }
}
