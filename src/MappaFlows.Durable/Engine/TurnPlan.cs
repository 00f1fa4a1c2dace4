using MappaFlows.Durable.Engine.History;
using MappaFlows.Durable.Engine.Storage;
using MappaFlows.Durable.Engine.Work;

namespace MappaFlows.Durable.Engine;

/// <summary>What a turn changes in the store, and what is done once that is durable.</summary>
internal sealed class TurnPlan(Session session, List<Delivery> deliveries)
{
    public Session Session { get; } = session;

    public List<Delivery> Deliveries { get; } = deliveries;

    public ChangeSet Changes { get; } = new();

    public List<(Guid Execution, TaskScheduled Task)> Activities { get; } = [];

    public List<TimerEntry> NewTimers { get; } = [];

    public List<TimerEntry> GoneTimers { get; } = [];

    public List<(string Target, Delivery Delivery)> Messages { get; } = [];

    /// <summary>What the instance's next run begins with: before anything that has come meanwhile.</summary>
    public List<Delivery> NextRun { get; } = [];

    /// <summary>Whether somebody may wait for the state that the instance is in now.</summary>
    public bool StatusChanged { get; set; }
}
