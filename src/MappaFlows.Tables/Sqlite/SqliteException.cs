using SQLitePCL;

namespace MappaFlows.Tables.Sqlite;

/// <summary>SQLite refused. Its own message names tables and columns, never values.</summary>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}.")
{
    private int PrimaryCode => code & 0xFF;

    /// <summary>Another connection holds the lock that was asked for.</summary>
    public bool IsBusy => PrimaryCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>The work was stopped by our own progress handler.</summary>
    public bool IsInterrupted => PrimaryCode == raw.SQLITE_INTERRUPT;

    /// <summary>The file is not a database, or not a sound one.</summary>
    public bool IsDamage => PrimaryCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
