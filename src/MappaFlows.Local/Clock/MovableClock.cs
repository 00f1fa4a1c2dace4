using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Local.Clock;

/// <summary>
/// The real clock, moved forward by as much as its file says. It runs on as the real one does, and its timers know of a move: those that
/// have come due fire at once, the others keep their appointed time.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    /// <summary>No calendar or policy of the product reaches further, and neither does the clock.</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _real;
    private readonly string? _file;
    private readonly Lock _gate = new();
    private readonly HashSet<MovableTimer> _armed = [];
    private long _offset;

    /// <param name="file">Keeps the offset over a restart; null to keep it in memory alone.</param>
    /// <exception cref="InvalidDataException">The file does not hold an offset.</exception>
    public MovableClock(string? file = null, TimeProvider? real = null)
    {
        _file = file;
        _real = real ?? System;
        if (file is not null && File.Exists(file)) _offset = Read(file).Ticks;
    }

    /// <summary>How far it is ahead of the real clock.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow() + Offset;

    public override long GetTimestamp() => _real.GetElapsedTime(0, _real.GetTimestamp()).Ticks + Interlocked.Read(ref _offset);

    /// <summary>Moves to that instant; does nothing where it has passed already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is after <see cref="Latest"/>.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instant, Latest);
        List<MovableTimer> armed;
        lock (_gate)
        {
            var ahead = instant - GetUtcNow();
            if (ahead <= TimeSpan.Zero) return;
            var offset = Offset + ahead;

            // Kept before anybody sees it: a clock that went back after a crash would put events before those that they follow.
            if (_file is not null) Write(_file, offset);
            Interlocked.Exchange(ref _offset, offset.Ticks);
            armed = [.. _armed];
        }

        foreach (var timer in armed) timer.ClockMoved();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new MovableTimer(this, _real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Watch(MovableTimer timer, bool isArmed)
    {
        lock (_gate)
        {
            if (isArmed) _armed.Add(timer);
            else _armed.Remove(timer);
        }
    }

    private static TimeSpan Read(string file)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(file));
            if (kept is { Ahead: var ahead } && ahead >= TimeSpan.Zero) return ahead;
        }
        catch (JsonException)
        {
            // Said below, as for an offset that cannot be.
        }

        throw new InvalidDataException($"The clock's file {file} does not say how far the clock was moved. Without it the clock is the real one.");
    }

    private static void Write(string file, TimeSpan offset)
    {
        var next = file + ".next";
        using (var stream = new FileStream(next, OwnerOnly.Options(FileMode.Create)))
        {
            JsonSerializer.Serialize(stream, new Kept(offset));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }

    private sealed record Kept(TimeSpan Ahead);
}
