using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.DurableTask.Embedded.Engine.Work;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>What a turn changes in the store, and what is done once that is durable.</summary>
/// <param name="nextMessageRow">Makes the key of a new message's row.</param>
internal sealed class TurnPlan(Session session, List<Delivery> deliveries, Func<string> nextMessageRow)
{
    public Session Session { get; } = session;

    public List<Delivery> Deliveries { get; } = deliveries;

    public ChangeSet Changes { get; } = new();

    public List<ActivityStart> Activities { get; } = [];

    public List<TimerEntry> NewTimers { get; } = [];

    public List<TimerEntry> GoneTimers { get; } = [];

    public List<(string Target, Delivery Delivery)> Messages { get; } = [];

    /// <summary>What the instance's next run begins with, before anything that has come meanwhile.</summary>
    public List<Delivery> NextRun { get; } = [];

    /// <summary>Whether a caller may wait for the state that the instance is in now.</summary>
    public bool StatusChanged { get; set; }

    public void WriteHead(Head head)
    {
        Session.Head = head;
        Changes.Upsert(Keys.Head(Session.InstanceId), head.ToProperties());
    }

    public void Append(Turn turn)
    {
        if (turn.Events.Count > 0)
            Session.Rows += TurnRows.Add(Changes, Session.InstanceId, Session.Head!.Generation, Session.Rows, turn);
    }

    public void DropHistory(Head head, int rows)
    {
        for (var row = 0; row < rows; row++)
            Changes.Delete(Keys.Turn(head.InstanceId, head.Generation, row));
    }

    /// <param name="progress">Whether an activity has ended: then recoveries are counted from 0 again.</param>
    public void UpdateReady(bool ready, bool progress = true)
    {
        var recovered = Session.IsRecovering && progress;
        Session.IsRecovering &= !progress;
        if (ready == Session.HasReadyRow && !(ready && recovered))
            return;
        if (ready)
            Changes.Upsert(Keys.ReadyInstance(Session.InstanceId), ReadyRow.Create(Session.InstanceId));
        else
            Changes.Delete(Keys.ReadyInstance(Session.InstanceId));
        Session.HasReadyRow = ready;
    }

    public void AddTimer(TimerEntry timer)
    {
        Changes.Upsert(timer.Row, timer.ToProperties());
        NewTimers.Add(timer);
    }

    public void DropTimer(TimerEntry timer)
    {
        Changes.Delete(timer.Row);
        GoneTimers.Add(timer);
    }

    /// <summary>Sends a message to an instance.</summary>
    public void Send(string target, Message message) => Messages.Add((target, Store(target, message, nextMessageRow())));

    /// <summary>Keeps a message for the instance's own next run.</summary>
    public void KeepForNextRun(Message message) =>
        NextRun.Add(Store(Session.InstanceId, message, Keys.CarriedMessage(nextMessageRow())));

    /// <summary>Has an activity run although its instance no longer waits for it; a row keeps it until it has run.</summary>
    public void RunUnawaited(Guid execution, TaskScheduled task)
    {
        var row = nextMessageRow();
        Changes.Insert(
            row,
            MessageRow.Encode(Session.InstanceId, new ActivityMessage(execution, task.Id, task.Name, task.Input, task.Version)));
        Activities.Add(new ActivityStart(Session.InstanceId, execution, task, row));
    }

    private Delivery Store(string target, Message message, string row)
    {
        Changes.Insert(row, MessageRow.Encode(target, message));
        return new Delivery(message, row);
    }
}
