using System.Collections.Concurrent;
using MappaFlows.Tables.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables;

/// <summary>
/// The table store on one machine: one SQLite file (and, while it is open, its <c>-wal</c> and <c>-shm</c> beside it). A commit is answered
/// after its fsync. Two processes may have the same file open.
/// </summary>
/// <remarks>Reads run on the caller's thread: they end in microseconds, and SQLite has no other kind.</remarks>
public sealed class SqliteTableStore : ITableStore, IAsyncDisposable
{
    private const int IdleReaders = 16;
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CheckTime = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TableIds _tables;
    private readonly GroupWriter _writer;
    private readonly ConcurrentStack<SqliteReader> _readers = new();
    private volatile bool _closed;

    /// <summary>Opens the file, or makes it: checks it, brings it to this version's schema and starts the writer.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="TableFileException">The file is damaged, is another program's, or was written by a newer version.</exception>
    /// <exception cref="TableUnavailableException">
    /// The file could not be opened, or another process kept it locked for too long.
    /// </exception>
    /// <exception cref="TableLostException">The file is not as far as <paramref name="mark"/> says.</exception>
    /// <param name="mark">Where it is kept how far the file has come; null where that is not kept.</param>
    public SqliteTableStore(
        string path,
        TimeProvider? time = null,
        ILogger<SqliteTableStore>? logger = null,
        SqliteMark? mark = null)
        : this(path, SqliteSchema.Migrations, time ?? TimeProvider.System, logger ?? NullLogger<SqliteTableStore>.Instance, mark)
    {
    }

    internal SqliteTableStore(
        string path,
        IReadOnlyList<SqliteMigration> migrations,
        TimeProvider time,
        ILogger<SqliteTableStore> logger,
        SqliteMark? mark = null)
    {
        _path = path;
        var connection = SqliteFile.Open(path, migrations, BusyWait, Patience, CheckTime, time, logger, mark);
        _tables = new TableIds(connection);
        _writer = new GroupWriter(connection, new EntityWriter(connection, _tables, time), Patience, logger, mark);
    }

    /// <inheritdoc />
    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default)
    {
        TableLimits.CheckRead(table, partition, row);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<Entity?>(Read(reader => reader.Get(table, partition, row)));
    }

    /// <inheritdoc />
    public ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default)
    {
        TableLimits.CheckQuery(table, partition, range, take, continuation);
        cancellationToken.ThrowIfCancellationRequested();
        var entities = Read(reader => reader.Query(table, partition, continuation ?? range.From, range.To, take + 1));
        if (entities.Count <= take)
            return new ValueTask<EntityPage>(new EntityPage(entities, null));
        // One more was read than is given: its key is where the next page starts.
        var next = entities[take].Row;
        entities.RemoveAt(take);
        return new ValueTask<EntityPage>(new EntityPage(entities, next));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<Change> changes,
        CancellationToken cancellationToken = default)
    {
        TableLimits.CheckCommit(table, partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<string>>(_writer.Enqueue(new PendingCommit(table, partition, changes), cancellationToken));
    }

    /// <summary>
    /// Writes a consistent, checked copy of the store to <paramref name="file"/> while it is in use. The copy appears under its name only
    /// when it is whole; a file of that name is replaced.
    /// </summary>
    /// <exception cref="TableUnavailableException">The copy could not be written.</exception>
    public Task BackupAsync(string file, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return Task.Run(() => SqliteFile.Backup(_path, file, BusyWait, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// How large the write-ahead log is. It starts again from its beginning when all of it is in the file, which a reader that is left open
    /// prevents: then it grows until the disk is full.
    /// </summary>
    public long LogBytes => new FileInfo(_path + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <summary>Writes what waits, closes the file, and refuses every later call.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _writer.StopAsync();
        CloseReaders();
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        SqliteReader? reader = null;
        try
        {
            if (!_readers.TryPop(out reader))
                reader = new SqliteReader(new SqliteConnection(_path, BusyWait), _tables);
            var answer = read(reader);
            Return(reader);
            return answer;
        }
        catch (SqliteException error)
        {
            // Its state is unknown: the next read gets a new one.
            reader?.Dispose();
            throw error.IsDamage
                ? new TableFileException($"The store's file is damaged: restore a backup. ({_path})", error)
                : new TableUnavailableException("The store's file could not be read.", error);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    private void Return(SqliteReader reader)
    {
        if (_readers.Count >= IdleReaders)
        {
            reader.Dispose();
            return;
        }
        _readers.Push(reader);
        // The store may have been closed since the read began.
        if (_closed)
            CloseReaders();
    }

    private void CloseReaders()
    {
        while (_readers.TryPop(out var reader))
            reader.Dispose();
    }
}
