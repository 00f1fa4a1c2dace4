using MappaFlows.Durable.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.Durable.Engine;

/// <summary>What is out of service until a person decides: an instance, or a stored row that cannot be read.</summary>
/// <param name="Key">The row that says so.</param>
internal sealed record ParkedItem(string Key, string? InstanceId, string? Row, string Reason, DateTimeOffset Since);

/// <summary>All parked items, in memory and in the store.</summary>
internal sealed class ParkingLot(ITableStore store, string table, TimeProvider time)
{
    private const int MaxReason = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ParkedItem> _items = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    public static async Task<List<ParkedItem>> ReadAsync(ITableStore store, string table, CancellationToken cancellationToken)
    {
        var items = new List<ParkedItem>();
        await foreach (var entity in store.AllAsync(table, RowRange.Prefix(Keys.Parked), cancellationToken))
        {
            items.Add(new ParkedItem(
                entity.Row, entity.Text("Id"), entity.Text("Row"), entity.Text("Reason") ?? "", entity.Get("Since", default(DateTimeOffset))));
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
            return _items.Count > 0 && _items.ContainsKey(Keys.ParkedInstance(instanceId));
    }

    public bool HasRow(string row)
    {
        lock (_gate)
            return _items.Count > 0 && _items.ContainsKey(Keys.ParkedRow(row));
    }

    public ParkedItem? Find(string key)
    {
        lock (_gate)
            return _items.GetValueOrDefault(key);
    }

    public void AddInstance(ChangeSet changes, string instanceId, Exception reason) =>
        Add(changes, new ParkedItem(Keys.ParkedInstance(instanceId), instanceId, null, Text(reason), time.GetUtcNow()));

    public void AddRow(ChangeSet changes, string row, Exception reason) =>
        Add(changes, new ParkedItem(Keys.ParkedRow(row), null, row, Text(reason), time.GetUtcNow()));

    public void Remove(ParkedItem item)
    {
        lock (_gate)
            _items.Remove(item.Key);
    }

    private void Add(ChangeSet changes, ParkedItem item)
    {
        lock (_gate)
            _items[item.Key] = item;
        var properties = new Dictionary<string, object> { ["Reason"] = item.Reason, ["Since"] = item.Since };
        properties.Put("Id", item.InstanceId);
        properties.Put("Row", item.Row);
        changes.Upsert(item.Key, properties);
    }

    private static string Text(Exception reason)
    {
        var text = $"{reason.GetType().Name}: {reason.Message}";
        return text.Length <= MaxReason ? text : text[..MaxReason];
    }
}
