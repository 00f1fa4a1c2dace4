using System.Collections.Concurrent;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// The short number that stands for a table's name in each entity's key. Numbers never change, so that what is once known is known for
/// good. Names differ in more than case, as in Azure.
/// </summary>
internal sealed class TableIds(SqliteConnection writer) : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _fresh = new(StringComparer.OrdinalIgnoreCase);
    private readonly SqliteStatement _insert = writer.Prepare("""
        INSERT INTO tables (name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id
        """);

    /// <summary>Called inside the writer's transaction only.</summary>
    public long FindOrAdd(string name)
    {
        if (_known.TryGetValue(name, out var id) || _fresh.TryGetValue(name, out id))
            return id;
        _insert.Bind(1, name);
        _insert.Step();
        id = _insert.GetInt64(0);
        _insert.Run();
        _fresh.Add(name, id);
        return id;
    }

    /// <summary>The table's number, or null where nothing was ever written to it.</summary>
    /// <param name="lookUp">A reader's own statement, since another process may have added the table.</param>
    public long? Find(string name, SqliteStatement lookUp)
    {
        if (_known.TryGetValue(name, out var id))
            return id;
        lookUp.Bind(1, name);
        long? found = lookUp.Step() ? lookUp.GetInt64(0) : null;
        lookUp.Reset();
        if (found is { } number)
            _known[name] = number;
        return found;
    }

    public void Committed()
    {
        foreach (var (name, id) in _fresh)
            _known[name] = id;
        _fresh.Clear();
    }

    public void RolledBack() => _fresh.Clear();

    public void Dispose() => _insert.Dispose();
}
