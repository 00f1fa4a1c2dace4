using SQLitePCL;

namespace MappaFlows.Tables.Sqlite;

/// <summary>A prepared statement: bind from 1, step, read columns from 0, reset.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int index, long value) => connection.Check(raw.sqlite3_bind_int64(handle, index, value));

    public void Bind(int index, string text) => connection.Check(raw.sqlite3_bind_text(handle, index, text));

    // A null pointer would bind NULL, so that an empty key needs its own call.
    public void Bind(int index, ReadOnlySpan<byte> bytes) => connection.Check(bytes.IsEmpty
        ? raw.sqlite3_bind_zeroblob(handle, index, 0)
        : raw.sqlite3_bind_blob(handle, index, bytes));

    /// <summary>True on a row, false at the end.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Failed(result),
        };
    }

    /// <summary>Runs to the end and is ready to be bound again.</summary>
    public void Run()
    {
        while (Step())
        {
        }
        Reset();
    }

    /// <summary>The bytes are valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(handle, column);

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public string GetText(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();

    private SqliteException Failed(int result)
    {
        var error = connection.Error(result);
        Reset();
        return error;
    }
}
