using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Embedded.Engine.Work;

/// <summary>Knows which turns run now, and since when, so that code that blocks its thread can be named.</summary>
internal sealed class TurnWatch(EmbeddedDurableTaskOptions options, ILogger logger)
{
    private readonly ConcurrentDictionary<Session, Turn> _turns = new();

    /// <summary>The turns that have lasted longer than they may, the longest first.</summary>
    public IReadOnlyList<(string InstanceId, string Name, TimeSpan For)> Blocked =>
    [
        .. _turns
            .Select(turn => (turn.Key.InstanceId, Name: NameOf(turn.Key), For: options.HostTime.GetElapsedTime(turn.Value.Began)))
            .Where(blocked => blocked.For >= options.BlockedAfter)
            .OrderByDescending(blocked => blocked.For),
    ];

    /// <summary>The instances whose turns have lasted at least so long.</summary>
    public IReadOnlyCollection<Session> LastingFor(TimeSpan time) =>
        [.. _turns.Where(turn => options.HostTime.GetElapsedTime(turn.Value.Began) >= time).Select(turn => turn.Key)];

    /// <summary>A turn begins; it is over when this is disposed.</summary>
    public Turn Begin(Session session)
    {
        var turn = new Turn(this, session, options.HostTime.GetTimestamp());
        _turns[session] = turn;
        return turn;
    }

    /// <summary>Logs each turn that has lasted too long, once.</summary>
    public void Report()
    {
        foreach (var (session, turn) in _turns)
        {
            var lasted = options.HostTime.GetElapsedTime(turn.Began);
            if (lasted >= options.BlockedAfter && turn.MayReport())
                Log.Blocked(logger, session.InstanceId, NameOf(session), (int)lasted.TotalSeconds);
        }
    }

    private static string NameOf(Session session) => session.Head?.Name ?? "?";

    internal sealed class Turn(TurnWatch watch, Session session, long began) : IDisposable
    {
        private int _reported;

        public long Began { get; } = began;

        public bool MayReport() => Interlocked.Exchange(ref _reported, 1) == 0;

        public void Dispose() => watch._turns.TryRemove(session, out _);
    }
}
