namespace MappaFlows.Core.Streams;

/// <summary>What a decision is made with besides the state and the command: who asks, and when.</summary>
public abstract record DecisionContext(string ActorId, string ActorName, DateTimeOffset Now)
{
    /// <summary>What an event that is made now records.</summary>
    public EventInfo Info(long sequence) => new(sequence, Now, ActorId, ActorName);
}
