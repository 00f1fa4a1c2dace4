using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What is out of service until a person decides: an instance, or a stored row that cannot be read.</summary>
/// <param name="Key">The row that says so.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Since">When it failed first.</param>
/// <param name="LastFailedAt">When it failed last.</param>
internal sealed record QuarantinedItem(
    string Key, string? InstanceId, string? Row, string Reason, int Attempts, DateTimeOffset Since, DateTimeOffset LastFailedAt);

/// <summary>All quarantined items, in memory and in the store.</summary>
internal sealed class Quarantine(ITableStore store, string table, TimeProvider time)
{
    private const int MaxReason = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, QuarantinedItem> _items = new(StringComparer.Ordinal);

    // What a person has put back: if it fails again, that is the same trouble going on.
    private readonly Dictionary<string, QuarantinedItem> _putBack = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    public static async Task<List<QuarantinedItem>> ReadAsync(ITableStore store, string table, CancellationToken cancellationToken)
    {
        var items = new List<QuarantinedItem>();
        await foreach (var entity in store.ReadAllAsync(table, Keys.Partition, RowRange.Prefix(Keys.Quarantined), cancellationToken))
        {
            var since = entity.Get("Since", default(DateTimeOffset));
            items.Add(new QuarantinedItem(
                entity.Row,
                entity.Text("Id"),
                entity.Text("Row"),
                entity.Text("Reason") ?? "",
                entity.Get("Attempts", 1),
                since,
                entity.Get("LastFailedAt", since)));
        }
        return items;
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var items = await ReadAsync(store, table, cancellationToken);
        lock (_gate)
        {
            foreach (var item in items)
                _items[item.Key] = item;
        }
    }

    public bool Has(string instanceId)
    {
        lock (_gate)
            return _items.Count > 0 && _items.ContainsKey(Keys.QuarantinedInstance(instanceId));
    }

    public bool HasRow(string row)
    {
        lock (_gate)
            return _items.Count > 0 && _items.ContainsKey(Keys.QuarantinedRow(row));
    }

    public QuarantinedItem? Find(string key)
    {
        lock (_gate)
            return _items.GetValueOrDefault(key);
    }

    /// <param name="attempts">How often it was tried before it was given up.</param>
    /// <param name="since">When it failed first, where that was not now.</param>
    public void AddInstance(ChangeSet changes, string instanceId, Exception reason, int attempts, DateTimeOffset? since = null) =>
        Add(changes, Keys.QuarantinedInstance(instanceId), instanceId, null, reason, attempts, since);

    public void AddRow(ChangeSet changes, string row, Exception reason) =>
        Add(changes, Keys.QuarantinedRow(row), null, row, reason, 1, null);

    /// <summary>It is back in service.</summary>
    public void PutBack(QuarantinedItem item)
    {
        lock (_gate)
        {
            _items.Remove(item.Key);
            _putBack[item.Key] = item;
        }
    }

    /// <summary>It is gone for good.</summary>
    public void Remove(QuarantinedItem item)
    {
        lock (_gate)
            _items.Remove(item.Key);
    }

    private void Add(ChangeSet changes, string key, string? instanceId, string? row, Exception reason, int attempts, DateTimeOffset? since)
    {
        var now = time.GetUtcNow();
        QuarantinedItem item;
        lock (_gate)
        {
            _putBack.Remove(key, out var before);
            item = new QuarantinedItem(
                key, instanceId, row, Text(reason), (before?.Attempts ?? 0) + attempts, before?.Since ?? since ?? now, now);
            _items[key] = item;
        }
        var properties = new Dictionary<string, object>
        {
            ["Reason"] = item.Reason,
            ["Attempts"] = item.Attempts,
            ["Since"] = item.Since,
            ["LastFailedAt"] = item.LastFailedAt,
        };
        properties.Put("Id", instanceId);
        properties.Put("Row", row);
        changes.Upsert(key, properties);
    }

    private static string Text(Exception reason)
    {
        var text = $"{reason.GetType().Name}: {reason.Message}";
        return text.Length <= MaxReason ? text : text[..MaxReason];
    }
}
