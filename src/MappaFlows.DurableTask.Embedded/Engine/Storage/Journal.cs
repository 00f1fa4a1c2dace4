using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>
/// The one way in which the host that holds the lease writes. Every commit also replaces the <c>host</c> row under its ETag, which is the
/// fencing token: when another host has taken over, the first commit of the old one fails and nothing of it is stored.
/// The row counts commits, so that after a lost answer a look at it tells whether the commit happened.
/// </summary>
/// <remarks>One commit at a time. More changes than one commit may have go through a redo log and are atomic all the same.</remarks>
internal sealed class Journal
{
    private const int Format = 1;
    private const int ChangesPerCommit = TableLimits.ChangesPerCommit - 1;
    private const int BytesPerCommit = 3_000_000;
    private const int RedoChunkBytes = 600_000;

    private static readonly TimeSpan[] Delays =
        [.. new[] { 50, 100, 250, 500, 1000, 2000, 5000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly ITableStore _store;
    private readonly string _table;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _owner;
    private string _etag;
    private long _commits;
    private long _message;

    private Journal(ITableStore store, string table, TimeProvider time, ILogger logger, string owner, HostRow row, string etag)
    {
        _store = store;
        _table = table;
        _time = time;
        _logger = logger;
        _owner = owner;
        _etag = etag;
        _commits = row.Commits;
        Term = row.Term;
        LastCommit = time.GetTimestamp();
    }

    /// <summary>Counts the hosts that have had the lease.</summary>
    public long Term { get; }

    /// <summary>When the lease was last shown to be held, by the host's clock.</summary>
    public long LastCommit { get; private set; }

    /// <summary>How many changes a commit of a queue may have, beside the journal's own.</summary>
    public static int Capacity => ChangesPerCommit;

    public static int ByteCapacity => BytesPerCommit;

    /// <summary>A row key for a message, after every earlier one's.</summary>
    public string NextMessageRow() => Keys.Message(Term, Interlocked.Increment(ref _message));

    /// <summary>The host row, or null in a new store.</summary>
    public static async Task<(HostRow Row, string ETag)?> ReadAsync(ITableStore store, string table, CancellationToken cancellationToken) =>
        await store.GetAsync(table, Keys.Partition, Keys.Host, cancellationToken) is { } entity
            ? (HostRow.From(entity), entity.ETag)
            : null;

    /// <summary>Takes the lease from the host that was last seen to hold it.</summary>
    /// <returns>Null where another host was faster.</returns>
    public static async Task<Journal?> TakeAsync(
        ITableStore store,
        string table,
        TimeProvider time,
        ILogger logger,
        string owner,
        (HostRow Row, string ETag)? seen,
        CancellationToken cancellationToken)
    {
        if (seen is { Row.Format: > Format })
            throw new InvalidOperationException($"The store was written by a newer version of the engine (format {seen.Value.Row.Format}).");
        var row = new HostRow(owner, (seen?.Row.Term ?? 0) + 1, 0, seen?.Row.Redo ?? 0, Format);
        Change change = seen is { } old ? new Replace(Keys.Host, row.ToProperties(), old.ETag) : new Insert(Keys.Host, row.ToProperties());
        string etag;
        try
        {
            etag = (await store.CommitAsync(table, Keys.Partition, [change], cancellationToken))[0];
        }
        catch (Exception e) when (e is EntityExistsException or EntityChangedException or TableUnavailableException)
        {
            if (await ReadAsync(store, table, cancellationToken) is not { } now || now.Row != row)
                return null;
            etag = now.ETag;
        }
        var journal = new Journal(store, table, time, logger, owner, row, etag);
        await journal.FinishRedoAsync(row.Redo, cancellationToken);
        return journal;
    }

    /// <summary>Makes all of the changes or none.</summary>
    /// <exception cref="LeaseLostException">Another host has the lease.</exception>
    /// <exception cref="TableLimitException">A change breaks a limit.</exception>
    /// <exception cref="TableStoreException">A row was not as the engine knows it.</exception>
    public async Task CommitAsync(IReadOnlyList<Change> changes, int bytes, CancellationToken cancellationToken)
    {
        if (changes.Count <= ChangesPerCommit && bytes <= BytesPerCommit)
            await StepAsync(changes, redo: 0, cancellationToken);
        else
            await CommitInStepsAsync(changes, cancellationToken);
    }

    /// <summary>Gives the lease back, so that the next host need not wait.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        _store.CommitAsync(
            _table,
            Keys.Partition,
            [new Replace(Keys.Host, Row("", redo: 0).ToProperties(), _etag)],
            cancellationToken).AsTask();

    private HostRow Row(string owner, int redo) => new(owner, Term, _commits, redo, Format);

    private async Task StepAsync(IReadOnlyList<Change> changes, int redo, CancellationToken cancellationToken)
    {
        var next = Row(_owner, redo) with { Commits = _commits + 1 };
        var commit = new List<Change>(changes.Count + 1) { new Replace(Keys.Host, next.ToProperties(), _etag) };
        commit.AddRange(changes);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Done((await _store.CommitAsync(_table, Keys.Partition, commit, cancellationToken))[0]);
                return;
            }
            catch (TableUnavailableException e)
            {
                Log.StoreUnavailable(_logger, attempt + 1, e);
            }
            catch (Exception e) when (e is EntityChangedException or EntityExistsException)
            {
                // Either the lease is lost, or an attempt before this one happened although its answer was lost, or a row is wrong.
                if (await HappenedAsync(next, cancellationToken))
                    return;
                throw;
            }
            await Task.Delay(Delays[Math.Min(attempt, Delays.Length - 1)], _time, cancellationToken);
            if (await HappenedAsync(next, cancellationToken))
                return;
        }
    }

    private void Done(string etag)
    {
        _etag = etag;
        _commits++;
        LastCommit = _time.GetTimestamp();
    }

    /// <summary>
    /// Whether the commit after which the row reads <paramref name="next"/> was made. Asked until the store answers: a guess would be wrong
    /// one way or the other.
    /// </summary>
    /// <exception cref="LeaseLostException">The row is another host's.</exception>
    private async Task<bool> HappenedAsync(HostRow next, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(new PatientReads(_store, _time, _logger), _table, cancellationToken);
        if (read is not { } now || now.Row.Owner != _owner || now.Row.Term != Term)
            throw new LeaseLostException();
        if (now.Row.Commits != next.Commits)
            return false;
        Done(now.ETag);
        return true;
    }

    /// <summary>
    /// Writes what is to be done into the redo log, then one commit that says it is decided, then does it. A host that dies before the
    /// decision leaves nothing but waste; after it, the next host does the rest.
    /// </summary>
    private async Task CommitInStepsAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        // Once decided it must be possible: no step may break a limit.
        var steps = Steps(changes);
        foreach (var step in steps)
            TableLimits.CheckCommit(_table, Keys.Partition, step);
        var log = RedoLog.Encode(changes, RedoChunkBytes);
        for (var i = 0; i < log.Count; i++)
        {
            var properties = new Dictionary<string, object>();
            properties.PutBytes("Changes", log[i]);
            await StepAsync([new Upsert(Keys.RedoChunk(i), properties)], redo: 0, cancellationToken);
        }
        await StepAsync([], redo: log.Count, cancellationToken);
        await ApplyAsync(steps, log.Count, cancellationToken);
    }

    private async Task FinishRedoAsync(int chunks, CancellationToken cancellationToken)
    {
        var log = new List<byte[]>();
        await foreach (var entity in _store.ReadAllAsync(_table, Keys.Partition, RowRange.Prefix(Keys.Redo), cancellationToken))
            log.Add(entity.Bytes("Changes") ?? []);
        if (chunks > 0)
            await ApplyAsync(Steps(RedoLog.Decode(log.Take(chunks))), log.Count, cancellationToken);
        else
            await RemoveLogAsync(log.Count, cancellationToken);
    }

    private static List<List<Change>> Steps(IReadOnlyList<Change> changes)
    {
        var steps = new List<List<Change>>();
        var bytes = 0;
        foreach (var change in changes)
        {
            var size = ChangeSize.Of(change);
            if (steps.Count == 0 || steps[^1].Count == ChangesPerCommit || bytes + size > BytesPerCommit)
            {
                steps.Add([]);
                bytes = 0;
            }
            bytes += size;
            steps[^1].Add(RedoLog.Repeatable(change));
        }
        return steps;
    }

    private async Task ApplyAsync(List<List<Change>> steps, int chunks, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
            await StepAsync(step, redo: chunks, cancellationToken);
        await RemoveLogAsync(chunks, cancellationToken);
    }

    private async Task RemoveLogAsync(int chunks, CancellationToken cancellationToken)
    {
        // From the end: what a crash leaves is then still found from the beginning. The first step also ends the redo.
        for (var to = chunks; to > 0; to -= ChangesPerCommit)
        {
            var from = Math.Max(0, to - ChangesPerCommit);
            await StepAsync([.. Enumerable.Range(from, to - from).Select(i => new Delete(Keys.RedoChunk(i)))], redo: 0, cancellationToken);
        }
    }
}

/// <summary>The lease: who has it, as the how-manieth, how many commits were made under it, and how long a decided redo log is.</summary>
internal sealed record HostRow(string Owner, long Term, long Commits, int Redo, int Format)
{
    public Dictionary<string, object> ToProperties() => new(5)
    {
        ["Owner"] = Owner,
        ["Term"] = Term,
        ["Commits"] = Commits,
        ["Redo"] = Redo,
        ["Format"] = Format,
    };

    public static HostRow From(Entity entity) => new(
        entity.Need<string>("Owner"), entity.Need<long>("Term"), entity.Need<long>("Commits"), entity.Need<int>("Redo"), entity.Need<int>("Format"));
}
