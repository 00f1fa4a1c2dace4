using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// The one writer. All commits that queued while the last group was being made durable go together in the next one: one transaction and one
/// fsync for all of them. So a commit alone does not wait for others, and many commits cost little more than one.
/// </summary>
internal sealed class GroupWriter
{
    // A group is bounded, so that no commit waits for an endless transaction.
    private const int GroupChanges = 10_000;
    private const int GroupBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan CompanyWait = TimeSpan.FromMicroseconds(150);

    private readonly object _gate = new();
    private readonly Queue<PendingCommit> _queue = new();
    private readonly List<PendingCommit> _group = [];
    private readonly EntityWriter _entities;
    private readonly SqliteConnection _connection;
    private readonly TimeSpan _patience;
    private readonly ILogger _logger;
    private readonly SqliteMark? _mark;
    private readonly SqliteStatement? _advance;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private int _lastGroup;
    private bool _closing;

    /// <param name="connection">Becomes the writer's own: it is closed when the writer stops.</param>
    /// <param name="patience">How long a group waits for another process's write before its commits fail.</param>
    /// <param name="mark">Is told how far the file has come, once that is durable; null where nobody asks.</param>
    public GroupWriter(SqliteConnection connection, EntityWriter entities, TimeSpan patience, ILogger logger, SqliteMark? mark)
    {
        _mark = mark;

        // The next block of ETags begins behind it, so the number is free, and is there in every file already.
        if (mark is not null) _advance = connection.Prepare("UPDATE etags SET next = next + 1 RETURNING next");
        _connection = connection;
        _entities = entities;
        _patience = patience;
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = "table store writer" }.Start();
    }

    public Task<IReadOnlyList<string>> Enqueue(PendingCommit commit, CancellationToken cancellationToken)
    {
        commit.CancelWith(cancellationToken);
        lock (_gate)
        {
            if (!_closing)
            {
                _queue.Enqueue(commit);
                _waiting = _queue.Count;
                if (_waiting == 1)
                    Monitor.Pulse(_gate);
                return commit.Task;
            }
        }
        commit.Release();
        throw new ObjectDisposedException(nameof(SqliteTableStore), "The table store is closed.");
    }

    /// <summary>Takes no more commits, writes those that wait, and closes the connection.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }
        return _stopped.Task;
    }

    private void Run()
    {
        try
        {
            while (WaitForWork())
            {
                AwaitCompany();
                TakeGroup();
                WriteGroup();
                _group.Clear();
            }
        }
        finally
        {
            _advance?.Dispose();
            _entities.Dispose();
            _connection.Dispose();
            _mark?.Dispose();
            _stopped.SetResult();
        }
    }

    /// <summary>
    /// Those whom the last group answered are about to come back with their next commits. Given a moment, they come together, instead of
    /// one alone in a group now and all others in the one after it. The moment is a small part of an fsync, and a commit that is alone does
    /// not wait for it.
    /// </summary>
    private void AwaitCompany()
    {
        var expected = _lastGroup / 2;
        if (expected < 2)
            return;
        var started = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _waiting) < expected && Stopwatch.GetElapsedTime(started) < CompanyWait)
            Thread.Yield();
    }

    /// <summary>Waits for work. False when the store is closed and nothing waits.</summary>
    private bool WaitForWork()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closing)
                    return false;
                Monitor.Wait(_gate);
            }
            return true;
        }
    }

    private void TakeGroup()
    {
        lock (_gate)
        {
            var changes = 0;
            var bytes = 0;
            while (changes < GroupChanges && bytes < GroupBytes && _queue.TryDequeue(out var commit))
            {
                _group.Add(commit);
                changes += commit.Changes.Length;
                bytes += commit.Bytes;
            }
            _waiting = _queue.Count;
        }
        _lastGroup = _group.Count;
    }

    private void WriteGroup()
    {
        TableUnavailableException? failure = null;
        try
        {
            Begin();
            foreach (var commit in _group)
            {
                if (commit.TryTake())
                    _entities.Apply(commit);
            }
            var position = Advance();
            _connection.Execute("COMMIT");
            _entities.Committed();
            _mark?.Write(position);
        }
        catch (Exception error)
        {
            // No caller may wait for an answer that never comes.
            Log.GroupFailed(_logger, _group.Count, error);
            failure = new TableUnavailableException("The store's file could not be written.", error);
            Abandon();
        }

        foreach (var commit in _group)
        {
            commit.Release();
            commit.Complete(failure);
        }
    }

    private long Advance()
    {
        if (_advance is null) return 0;
        _advance.Step();
        var position = _advance.GetInt64(0);

        // Returning answers before the update ends; running on ends it.
        _advance.Run();
        return position;
    }

    /// <summary>
    /// SQLite's own busy handler waits first; it can lose the race for the lock again and again against a busy neighbour, so ask until
    /// patience ends.
    /// </summary>
    private void Begin()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                _connection.Execute("BEGIN IMMEDIATE");
                return;
            }
            catch (SqliteException error) when (error.IsBusy && Stopwatch.GetElapsedTime(started) < _patience)
            {
                Log.LockIsHeld(_logger, Stopwatch.GetElapsedTime(started));
            }
        }
    }

    private void Abandon()
    {
        _entities.RolledBack();
        if (_connection.IsIdle)
            return;
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException error)
        {
            Log.RollbackFailed(_logger, error);
        }
    }
}
