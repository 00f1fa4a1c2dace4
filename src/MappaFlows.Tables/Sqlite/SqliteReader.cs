namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// A connection that only reads, with its statements. It sees everything that was durable when a read began, and blocks no writer.
/// </summary>
internal sealed class SqliteReader : IDisposable
{
    private const string Columns = "SELECT row, etag, body FROM entities WHERE table_id = ? AND partition = ? AND row ";

    private readonly SqliteConnection _connection;
    private readonly TableIds _tables;
    private readonly SqliteStatement _findTable;
    private readonly SqliteStatement _get;
    private readonly SqliteStatement _from;
    private readonly SqliteStatement _between;

    public SqliteReader(SqliteConnection connection, TableIds tables)
    {
        _connection = connection;
        _tables = tables;
        // Not opened as read-only: such a connection could not repair the shared index that another process left when it died.
        connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192");
        _findTable = connection.Prepare("SELECT id FROM tables WHERE name = ?");
        _get = connection.Prepare(Columns + "= ?");
        _from = connection.Prepare(Columns + ">= ? ORDER BY row LIMIT ?");
        _between = connection.Prepare(Columns + ">= ? AND row < ? ORDER BY row LIMIT ?");
    }

    public Entity? Get(string table, string partition, string row)
    {
        if (_tables.Find(table, _findTable) is not { } id)
            return null;
        Span<byte> key = stackalloc byte[OrdinalKey.MaxBytes(TableLimits.KeyLength)];
        _get.Bind(1, id);
        _get.Bind(2, key[..OrdinalKey.Encode(partition, key)]);
        _get.Bind(3, key[..OrdinalKey.Encode(row, key)]);
        try
        {
            return _get.Step() ? ReadEntity(_get, partition, row) : null;
        }
        finally
        {
            _get.Reset();
        }
    }

    /// <summary>
    /// Up to <paramref name="take"/> entities from the bound <paramref name="start"/> (inclusive) to <paramref name="end"/> (exclusive).
    /// </summary>
    public List<Entity> Query(string table, string partition, string? start, string? end, int take)
    {
        var entities = new List<Entity>();
        if (_tables.Find(table, _findTable) is not { } id)
            return entities;
        var statement = end is null ? _from : _between;
        Span<byte> key = stackalloc byte[OrdinalKey.MaxBytes(TableLimits.KeyLength)];
        statement.Bind(1, id);
        statement.Bind(2, key[..OrdinalKey.Encode(partition, key)]);
        statement.Bind(3, key[..OrdinalKey.Encode(start ?? "", key)]);
        if (end is not null)
            statement.Bind(4, key[..OrdinalKey.Encode(end, key)]);
        statement.Bind(end is null ? 4 : 5, take);
        try
        {
            while (statement.Step())
                entities.Add(ReadEntity(statement, partition, OrdinalKey.Decode(statement.GetBytes(0))));
            return entities;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        _findTable.Dispose();
        _get.Dispose();
        _from.Dispose();
        _between.Dispose();
        _connection.Dispose();
    }

    private static Entity ReadEntity(SqliteStatement statement, string partition, string row) =>
        new(partition, row, Decode(statement), SqliteETag.Format(statement.GetInt64(1)));

    /// <summary>A row that cannot be decoded is one without properties: the rows beside it must stay readable.</summary>
    private static IReadOnlyDictionary<string, object> Decode(SqliteStatement statement)
    {
        try
        {
            return EntityBody.Decode(statement.GetBytes(2));
        }
        catch (TableFileException)
        {
            return new Dictionary<string, object>();
        }
    }
}
