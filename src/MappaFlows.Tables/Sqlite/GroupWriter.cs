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

    private readonly object gate = new();
    private readonly Queue<PendingCommit> queue = new();
    private readonly List<PendingCommit> group = [];
    private readonly EntityWriter entities;
    private readonly SqliteConnection connection;
    private readonly TimeSpan patience;
    private readonly ILogger logger;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;
    private int lastGroup;
    private bool closing;

    /// <param name="connection">Becomes the writer's own: it is closed when the writer stops.</param>
    /// <param name="patience">How long a group waits for another process's write before its commits fail.</param>
    public GroupWriter(SqliteConnection connection, EntityWriter entities, TimeSpan patience, ILogger logger)
    {
        this.connection = connection;
        this.entities = entities;
        this.patience = patience;
        this.logger = logger;
        new Thread(Run) { IsBackground = true, Name = "table store writer" }.Start();
    }

    public Task<IReadOnlyList<string>> Enqueue(PendingCommit commit, CancellationToken cancellationToken)
    {
        commit.CancelWith(cancellationToken);
        lock (gate)
        {
            if (!closing)
            {
                queue.Enqueue(commit);
                waiting = queue.Count;
                if (waiting == 1)
                    Monitor.Pulse(gate);
                return commit.Task;
            }
        }
        commit.Release();
        throw new ObjectDisposedException(nameof(SqliteTableStore), "The table store is closed.");
    }

    /// <summary>Takes no more commits, writes those that wait, and closes the connection.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            closing = true;
            Monitor.Pulse(gate);
        }
        return stopped.Task;
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
                group.Clear();
            }
        }
        finally
        {
            entities.Dispose();
            connection.Dispose();
            stopped.SetResult();
        }
    }

    /// <summary>
    /// Those whom the last group answered are about to come back with their next commits. Given a moment, they come together, instead of one alone
    /// in a group now and all others in the one after it. The moment is a small part of an fsync, and a commit that is alone does not wait for it.
    /// </summary>
    private void AwaitCompany()
    {
        var expected = lastGroup / 2;
        if (expected < 2)
            return;
        var started = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref waiting) < expected && Stopwatch.GetElapsedTime(started) < CompanyWait)
            Thread.Yield();
    }

    /// <summary>Waits for work. False when the store is closed and nothing waits.</summary>
    private bool WaitForWork()
    {
        lock (gate)
        {
            while (queue.Count == 0)
            {
                if (closing)
                    return false;
                Monitor.Wait(gate);
            }
            return true;
        }
    }

    private void TakeGroup()
    {
        lock (gate)
        {
            var changes = 0;
            var bytes = 0;
            while (changes < GroupChanges && bytes < GroupBytes && queue.TryDequeue(out var commit))
            {
                group.Add(commit);
                changes += commit.Changes.Length;
                bytes += commit.Bytes;
            }
            waiting = queue.Count;
        }
        lastGroup = group.Count;
    }

    private void WriteGroup()
    {
        TableUnavailableException? failure = null;
        try
        {
            Begin();
            foreach (var commit in group)
            {
                if (commit.TryTake())
                    entities.Apply(commit);
            }
            connection.Execute("COMMIT");
            entities.Committed();
        }
        catch (Exception error)
        {
            // No caller may wait for an answer that never comes.
            logger.LogError(error, "A group of {Commits} commits could not be written.", group.Count);
            failure = new TableUnavailableException("The store's file could not be written.", error);
            Abandon();
        }

        foreach (var commit in group)
        {
            commit.Release();
            commit.Complete(failure);
        }
    }

    /// <summary>
    /// SQLite's own busy handler waits first; it can lose the race for the lock again and again against a busy neighbour, so ask until patience ends.
    /// </summary>
    private void Begin()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                connection.Execute("BEGIN IMMEDIATE");
                return;
            }
            catch (SqliteException error) when (error.IsBusy && Stopwatch.GetElapsedTime(started) < patience)
            {
                logger.LogWarning("Another process has held the store's write lock for {Elapsed}.", Stopwatch.GetElapsedTime(started));
            }
        }
    }

    private void Abandon()
    {
        entities.RolledBack();
        if (connection.IsIdle)
            return;
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException error)
        {
            logger.LogError(error, "A failed group could not be rolled back.");
        }
    }
}
