namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>The instances in memory: those at work, and as many of those at rest as there is room for.</summary>
/// <remarks>Guarded by the engine's gate.</remarks>
/// <param name="maxResting">How many at rest are kept; the one that has rested longest goes first.</param>
internal sealed class Sessions(int maxResting)
{
    private readonly Dictionary<string, Session> _all = new(StringComparer.Ordinal);
    private readonly LinkedList<Session> _resting = new();

    public IEnumerable<Session> All => _all.Values;

    /// <param name="isNew">Whether the store has nothing of this instance, so that it need not be asked.</param>
    public Session FindOrAdd(string instanceId, bool isNew)
    {
        if (!_all.TryGetValue(instanceId, out var session))
            _all.Add(instanceId, session = new Session(instanceId) { IsLoaded = isNew });
        return session;
    }

    /// <summary>Takes a resting instance to its next turn.</summary>
    public void Wake(Session session)
    {
        session.State = SessionState.InTurn;
        if (session.Place is null)
            return;
        _resting.Remove(session.Place);
        session.Place = null;
    }

    /// <summary>Keeps the instance for its next turn, as long as there is room. One that has ended is not kept.</summary>
    public void Rest(Session session)
    {
        session.State = SessionState.Resting;
        if (session.Run is null)
        {
            Remove(session);
            return;
        }
        session.Place = _resting.AddLast(session);
        while (_resting.Count > maxResting)
        {
            _all.Remove(_resting.First!.Value.InstanceId);
            _resting.RemoveFirst();
        }
    }

    public void Remove(Session session) => _all.Remove(session.InstanceId);
}
