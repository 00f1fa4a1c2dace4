using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace MappaFlows.Tables.Sqlite;

/// <summary>What is done with a file as a whole: opening it, checking it, copying it.</summary>
internal static class SqliteFile
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>The writer's connection to a file that is sound, ours and of the newest schema.</summary>
    /// <param name="busy">How long each statement waits by itself for another process.</param>
    /// <param name="patience">
    /// How long the opening as a whole does: SQLite does not wait by itself where two turn a new file into its final mode.
    /// </param>
    public static SqliteConnection Open(
        string path,
        IReadOnlyList<SqliteMigration> migrations,
        TimeSpan busy,
        TimeSpan patience,
        TimeSpan checkTime,
        TimeProvider time,
        ILogger logger,
        SqliteMark? mark)
    {
        RefuseLost(path, mark);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenOnce(path, migrations, busy, checkTime, time, logger, mark);
            }
            catch (TableUnavailableException error)
                when (error.InnerException is SqliteException { IsBusy: true } && Stopwatch.GetElapsedTime(started) < patience)
            {
                Thread.Sleep(AskAgainAfter);
            }
        }
    }

    /// <summary>Asked before the file is opened: opening one that is gone makes it, and lets a log go that is still beside it.</summary>
    private static void RefuseLost(string path, SqliteMark? mark)
    {
        if (mark?.Read() > 0 && new FileInfo(path) is { Exists: false } or { Length: 0 })
            throw new TableLostException("The store's file is gone or empty, and it was in use here before.");
    }

    private static SqliteConnection OpenOnce(
        string path,
        IReadOnlyList<SqliteMigration> migrations,
        TimeSpan busy,
        TimeSpan checkTime,
        TimeProvider time,
        ILogger logger,
        SqliteMark? mark)
    {
        SqliteConnection? connection = null;
        try
        {
            // SQLite would make it readable to all. Its -wal and -shm get the rights of the file.
            OwnerOnly.File(path);
            connection = new SqliteConnection(path, busy);
            SqliteSchema.RefuseOthers(connection);
            if (mark?.Read() is > 0 and var marked && SqliteSchema.ReadPosition(connection) < marked)
                throw new TableLostException("The store's file has lost what was written to it last, or an older copy was put in its place.");
            // A full sync at each commit is the store's promise. Checkpoints are rarer than SQLite's usual, as each one is two more syncs.
            // The cache is small on purpose: SQLite looks through all of it at each commit (docs/performance.md).
            connection.Execute("""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -16384;
                PRAGMA temp_store = MEMORY;
                """);
            if (!Check(connection, checkTime))
                Log.CheckCutShort(logger, checkTime);
            var before = SqliteSchema.Migrate(connection, migrations, time);
            if (before != migrations[^1].Version)
                Log.Migrated(logger, before, migrations[^1].Version);
            mark?.Begin(SqliteSchema.ReadPosition(connection));
            return connection;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw error.IsDamage
                ? new TableFileException($"The store's file is damaged: restore a backup. ({path})", error)
                : new TableUnavailableException($"The store's file could not be opened. ({path})", error);
        }
        catch (Exception error) when (connection is null && error is IOException or UnauthorizedAccessException)
        {
            throw new TableUnavailableException($"The store's file could not be opened. ({path})", error);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Copies the file at <paramref name="path"/> as it is at one moment, checks the copy, and gives it its name.</summary>
    public static void Backup(string path, string file, TimeSpan busy, CancellationToken cancellationToken)
    {
        var partial = file + ".partial";
        try
        {
            File.Delete(partial);
            OwnerOnly.File(partial);
            using (var source = new SqliteConnection(path, busy))
            using (var target = new SqliteConnection(partial, busy))
            {
                // One read transaction around all steps: without it, each write of a neighbour would start the copy afresh.
                source.Execute("BEGIN; SELECT count(*) FROM sqlite_schema");
                Copy(source, target, cancellationToken);
                Check(target, Timeout.InfiniteTimeSpan);
                // A backup is one file: without this it would want to grow a write-ahead log beside it when it is opened.
                target.Execute("PRAGMA journal_mode = DELETE");
            }
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new TableUnavailableException($"The backup could not be written. ({file})", error);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    private static void Copy(SqliteConnection source, SqliteConnection target, CancellationToken cancellationToken)
    {
        const int PagesAStep = 1000;
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
            throw target.Error(raw.sqlite3_errcode(target.Handle));
        int result;
        while ((result = raw.sqlite3_backup_step(backup, PagesAStep)) == raw.SQLITE_OK)
            cancellationToken.ThrowIfCancellationRequested();
        if (result != raw.SQLITE_DONE)
            throw target.Error(result);
    }

    /// <summary>Looks through the file's pages.</summary>
    /// <returns>False where <paramref name="limit"/> ended the check before the file did.</returns>
    /// <exception cref="TableFileException">The file is damaged.</exception>
    private static bool Check(SqliteConnection connection, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        if (limit != Timeout.InfiniteTimeSpan)
            raw.sqlite3_progress_handler(connection.Handle, 1000, _ => Stopwatch.GetElapsedTime(started) > limit ? 1 : 0, null);
        try
        {
            var findings = connection.ReadTexts("PRAGMA quick_check(10)");
            return findings is ["ok"]
                ? true
                : throw new TableFileException($"The store's file is damaged: restore a backup. SQLite says: {string.Join("; ", findings)}");
        }
        catch (SqliteException error) when (error.IsInterrupted)
        {
            return false;
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }
}
