using System.Buffers;
using System.Globalization;

namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// A commit on its way to the writer: encoded on its caller's thread, so that the one writer only moves bytes, and so that the caller may
/// reuse what it passed.
/// </summary>
internal sealed class PendingCommit : TaskCompletionSource<IReadOnlyList<string>>
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private readonly EncodedChange[] _changes;
    private readonly byte[] _buffer;
    private readonly int _partitionLength;
    private CancellationTokenRegistration _registration;
    private int _state;

    public PendingCommit(string table, string partition, IReadOnlyList<Change> source)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Table = table;
        RowKeys = new string[source.Count];
        _changes = new EncodedChange[source.Count];
        _buffer = ArrayPool<byte>.Shared.Rent(MaxBytes(partition, source));
        var at = _partitionLength = OrdinalKey.Encode(partition, _buffer);
        for (var i = 0; i < _changes.Length; i++)
        {
            var change = source[i];
            RowKeys[i] = change.Row;
            var rowStart = at;
            at += OrdinalKey.Encode(change.Row, _buffer.AsSpan(at));
            var bodyStart = at;
            if (TableLimits.PropertiesOf(change) is { } properties)
                at += EntityBody.Encode(properties, _buffer.AsSpan(at));
            _changes[i] = new EncodedChange(KindOf(change), rowStart, bodyStart, at, ExpectedETag(change));
        }
        Bytes = at;
    }

    public string Table { get; }

    /// <summary>The changes' rows, to name the one that is refused.</summary>
    public string[] RowKeys { get; }

    /// <summary>The size of what is to be written.</summary>
    public int Bytes { get; }

    public ReadOnlySpan<EncodedChange> Changes => _changes;

    public ReadOnlySpan<byte> Partition => _buffer.AsSpan(0, _partitionLength);

    public ReadOnlySpan<byte> Row(in EncodedChange change) => _buffer.AsSpan(change.RowStart, change.BodyStart - change.RowStart);

    public ReadOnlySpan<byte> Body(in EncodedChange change) => _buffer.AsSpan(change.BodyStart, change.End - change.BodyStart);

    /// <summary>The new ETags, once the writer has made the changes.</summary>
    public string[]? ETags { get; set; }

    /// <summary>Why this commit, and it alone, is refused.</summary>
    public TableStoreException? Refusal { get; set; }

    /// <summary>
    /// Called before the commit is queued: lets the caller give up while the commit still waits; once the writer has it, it has an outcome.
    /// </summary>
    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _registration = token.UnsafeRegister(static (pending, token) =>
            {
                var commit = (PendingCommit)pending!;
                if (Interlocked.CompareExchange(ref commit._state, Cancelled, Queued) == Queued)
                    commit.TrySetCanceled(token);
            }, this);
        }
    }

    /// <summary>False where the caller gave up before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Queued) == Queued;

    /// <summary>
    /// Gives the buffer back. The writer calls it when it no longer needs the bytes, whether the commit succeeded or not.
    /// </summary>
    public void Release()
    {
        _registration.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    /// <summary>Tells the caller what became of it, now that the group is durable or has failed.</summary>
    public void Complete(TableUnavailableException? failure)
    {
        if (_state == Cancelled)
            return;
        if (failure is not null)
            SetException(new TableUnavailableException(failure.Message, failure.InnerException));
        else if (Refusal is not null)
            SetException(Refusal);
        else
            SetResult(ETags!);
    }

    private static int MaxBytes(string partition, IReadOnlyList<Change> changes)
    {
        var most = OrdinalKey.MaxBytes(partition.Length);
        foreach (var change in changes)
        {
            most += OrdinalKey.MaxBytes(change.Row.Length);
            if (TableLimits.PropertiesOf(change) is { } properties)
                most += EntityBody.MaxBytes(properties);
        }
        return most;
    }

    private static ChangeKind KindOf(Change change) => change switch
    {
        Insert => ChangeKind.Insert,
        Replace => ChangeKind.Replace,
        Upsert => ChangeKind.Upsert,
        Delete { ETag: null } => ChangeKind.DeleteAny,
        _ => ChangeKind.Delete,
    };

    private static long ExpectedETag(Change change)
    {
        var etag = change switch { Replace replace => replace.ETag, Delete delete => delete.ETag, _ => null };
        return SqliteETag.Parse(etag);
    }
}

internal enum ChangeKind : byte
{
    Insert,
    Replace,
    Upsert,
    Delete,
    DeleteAny,
}

/// <summary>Where one change's bytes are in its commit's buffer.</summary>
internal readonly record struct EncodedChange(ChangeKind Kind, int RowStart, int BodyStart, int End, long ExpectedETag);

/// <summary>ETags are a counter's values. One that is not a number comes from elsewhere and matches nothing.</summary>
internal static class SqliteETag
{
    public static string Format(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    public static long Parse(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
