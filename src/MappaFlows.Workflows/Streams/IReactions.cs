namespace MappaFlows.Workflows.Streams;

/// <summary>What follows from events. It is committed with them, and done afterwards.</summary>
public interface IReactions<TState>
    where TState : class
{
    /// <param name="after">The state after the events.</param>
    IReadOnlyList<OutboxItem> To(IReadOnlyList<RecordedEvent> events, TState after, DecisionContext context);
}
