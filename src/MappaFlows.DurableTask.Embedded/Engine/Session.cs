using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;

namespace MappaFlows.DurableTask.Embedded.Engine;

internal enum SessionState
{
    /// <summary>Nothing to do; may be forgotten.</summary>
    Resting,

    /// <summary>Waits for its turn, or has it.</summary>
    InTurn,

    /// <summary>Its turn is being made durable.</summary>
    Committing,
}

/// <summary>An instance in memory. What it holds can always be had again from the store.</summary>
internal sealed class Session(string instanceId)
{
    public string InstanceId { get; } = instanceId;

    // Guarded by the engine's gate.

    public SessionState State { get; set; }

    public LinkedList<Delivery> Inbox { get; } = new();

    public LinkedListNode<Session>? Place { get; set; }

    /// <summary>What the turn that runs now has taken in.</summary>
    public IReadOnlyList<Delivery> Taken { get; set; } = [];

    // Used by the turn alone.

    public bool IsLoaded { get; set; }

    /// <summary>Null where there is no such instance.</summary>
    public Head? Head { get; set; }

    /// <summary>The code of a live instance.</summary>
    public OrchestrationRun? Run { get; set; }

    /// <summary>Stored turns that the code was not yet led through.</summary>
    public List<Turn>? Stored { get; set; }

    public int Rows { get; set; }

    public DateTime LastTurn { get; set; }

    /// <summary>Whether the store lists the instance as having activities in flight.</summary>
    public bool HasReadyRow { get; set; }

    /// <summary>Whether the instance was taken up after a restart and none of its activities has ended since.</summary>
    public bool IsRecovering { get; set; }

    /// <summary>Whether what was in flight before the load still has to be taken up.</summary>
    public bool TakeUp { get; set; }

    public void Forget()
    {
        IsLoaded = false;
        Head = null;
        Run = null;
        Stored = null;
        Rows = 0;
        LastTurn = default;
        HasReadyRow = false;
        IsRecovering = false;
    }

    /// <summary>
    /// Puts what the next run begins with before the events that have come meanwhile, and after all else that has: code that continues
    /// as new without waiting would otherwise never be terminated, suspended or replaced.
    /// </summary>
    public void PutNextRun(IReadOnlyList<Delivery> nextRun)
    {
        var all = nextRun.Concat(Inbox).ToList();
        Inbox.Clear();
        foreach (var delivery in all.Where(d => !IsOfCode(d)).Concat(all.Where(IsOfCode)))
            Inbox.AddLast(delivery);

        static bool IsOfCode(Delivery delivery) => delivery.Message is BeginMessage or EventMessage;
    }

    /// <summary>The messages of the next turn: those that need a turn of their own are alone in it.</summary>
    public List<Delivery> TakeBatch(int atMost)
    {
        var batch = new List<Delivery>();
        while (batch.Count < atMost && Inbox.First is { } first)
        {
            var alone = first.Value.Message is PurgeMessage or RetryMessage;
            if (batch.Count > 0 && (alone || first.Value.Message is StartMessage))
                break;
            batch.Add(first.Value);
            Inbox.RemoveFirst();
            if (alone)
                break;
        }
        return batch;
    }
}
