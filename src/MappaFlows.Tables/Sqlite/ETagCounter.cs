namespace MappaFlows.Tables.Sqlite;

/// <summary>
/// Numbers that are never given out twice in the life of a store. A block at a time is reserved in the file, so that a group of commits
/// does not pay for one more page; the rest of a block is lost at a crash, of which there are enough.
/// </summary>
/// <remarks>
/// A block starts no lower than the clock says (milliseconds since 1970, shifted): after a backup is restored, an ETag that someone still
/// holds from the lost time must not match another entity's by chance. The numbers last until the year 2248.
/// </remarks>
internal sealed class ETagCounter : IDisposable
{
    private const int BlockBits = 20;

    private readonly TimeProvider _time;
    private readonly SqliteStatement _reserve;
    private long _next;
    private long _end;

    public ETagCounter(SqliteConnection connection, TimeProvider time)
    {
        _time = time;
        _reserve = connection.Prepare($"UPDATE etags SET next = max(next, ?) + {1 << BlockBits} RETURNING next");
    }

    /// <summary>Called inside the writer's transaction only.</summary>
    public long Next()
    {
        if (_next == _end)
        {
            _reserve.Bind(1, _time.GetUtcNow().ToUnixTimeMilliseconds() << BlockBits);
            _reserve.Step();
            _end = _reserve.GetInt64(0);
            _next = _end - (1 << BlockBits);
            // Returning answers before the update ends; running on ends it.
            _reserve.Run();
        }
        return _next++;
    }

    /// <summary>A reservation may have been undone: reserve afresh.</summary>
    public void RolledBack() => _next = _end = 0;

    public void Dispose() => _reserve.Dispose();
}
