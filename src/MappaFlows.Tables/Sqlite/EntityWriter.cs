namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// Applies commits inside the writer's transaction. A commit's conditions are all checked before its first change is made, so that one that
/// is refused leaves nothing behind and its neighbours in the group need no savepoints.
/// </summary>
internal sealed class EntityWriter : IDisposable
{
    private readonly TableIds _tables;
    private readonly ETagCounter _etags;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _delete;

    public EntityWriter(SqliteConnection connection, TableIds tables, TimeProvider time)
    {
        _tables = tables;
        _etags = new ETagCounter(connection, time);
        _find = connection.Prepare("SELECT etag FROM entities WHERE table_id = ? AND partition = ? AND row = ?");
        _put = connection.Prepare("""
            INSERT INTO entities (table_id, partition, row, etag, body) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET etag = excluded.etag, body = excluded.body
            """);
        _delete = connection.Prepare("DELETE FROM entities WHERE table_id = ? AND partition = ? AND row = ?");
    }

    public void Apply(PendingCommit commit)
    {
        var table = _tables.FindOrAdd(commit.Table);
        commit.Refusal = Check(table, commit);
        if (commit.Refusal is null)
            Write(table, commit);
    }

    /// <summary>The transaction is durable.</summary>
    public void Committed() => _tables.Committed();

    /// <summary>The transaction left nothing behind, not even what it reserved.</summary>
    public void RolledBack()
    {
        _tables.RolledBack();
        _etags.RolledBack();
    }

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
        _delete.Dispose();
        _tables.Dispose();
        _etags.Dispose();
    }

    private TableStoreException? Check(long table, PendingCommit commit)
    {
        for (var i = 0; i < commit.Changes.Length; i++)
        {
            ref readonly var change = ref commit.Changes[i];
            if (change.Kind is ChangeKind.Upsert or ChangeKind.DeleteAny)
                continue;
            var current = CurrentETag(table, commit, change);
            if (change.Kind == ChangeKind.Insert)
            {
                if (current is not null)
                    return new EntityExistsException(commit.RowKeys[i]);
            }
            else if (current != change.ExpectedETag)
            {
                return new EntityChangedException(commit.RowKeys[i]);
            }
        }
        return null;
    }

    private void Write(long table, PendingCommit commit)
    {
        var written = new string[commit.Changes.Length];
        for (var i = 0; i < written.Length; i++)
        {
            ref readonly var change = ref commit.Changes[i];
            if (change.Kind is ChangeKind.Delete or ChangeKind.DeleteAny)
            {
                BindKey(_delete, table, commit, change);
                _delete.Run();
                written[i] = "";
                continue;
            }
            var etag = _etags.Next();
            BindKey(_put, table, commit, change);
            _put.Bind(4, etag);
            _put.Bind(5, commit.Body(change));
            _put.Run();
            written[i] = SqliteETag.Format(etag);
        }
        commit.ETags = written;
    }

    private long? CurrentETag(long table, PendingCommit commit, in EncodedChange change)
    {
        BindKey(_find, table, commit, change);
        long? etag = _find.Step() ? _find.GetInt64(0) : null;
        _find.Reset();
        return etag;
    }

    private static void BindKey(SqliteStatement statement, long table, PendingCommit commit, in EncodedChange change)
    {
        statement.Bind(1, table);
        statement.Bind(2, commit.Partition);
        statement.Bind(3, commit.Row(change));
    }
}
