using SQLitePCL;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// One connection to a database file, used by one thread at a time. Straight on SQLite's own functions: a commit of the engine above is a
/// handful of statements of a few microseconds each, of which ADO.NET's readers and parameters would be the larger part.
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _handle;

    static SqliteConnection() => Batteries_V2.Init();

    /// <param name="busy">How long a statement waits by itself for a lock that another process holds.</param>
    public SqliteConnection(string path, TimeSpan busy)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out _handle, Flags, null);
        if (result != raw.SQLITE_OK)
        {
            var error = new SqliteException(result, ErrorText());
            _handle.Dispose();
            throw error;
        }
        raw.sqlite3_extended_result_codes(_handle, 1);
        raw.sqlite3_busy_timeout(_handle, (int)busy.TotalMilliseconds);
    }

    public sqlite3 Handle => _handle;

    /// <summary>The rows that the last insert, update or delete touched.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>False inside a transaction.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>Prepares a statement that is kept and run many times.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Runs statements that answer nothing of interest.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row.</summary>
    public long ReadInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : throw new InvalidOperationException("The statement answered no row.");
    }

    /// <summary>The first column of every row, as text.</summary>
    public List<string> ReadTexts(string sql)
    {
        using var statement = Prepare(sql);
        var texts = new List<string>();
        while (statement.Step())
            texts.Add(statement.GetText(0));
        return texts;
    }

    public void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(result, ErrorText());
    }

    public SqliteException Error(int result) => new(result, ErrorText());

    public void Dispose() => _handle.Dispose();

    private string ErrorText() => raw.sqlite3_errmsg(_handle).utf8_to_string() ?? "no message";
}
