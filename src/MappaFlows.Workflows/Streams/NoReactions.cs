namespace MappaFlows.Workflows.Streams;

/// <summary>For a stream from whose events nothing follows.</summary>
public sealed class NoReactions<TState> : IReactions<TState>
    where TState : class
{
    public IReadOnlyList<OutboxItem> To(IReadOnlyList<RecordedEvent> events, TState after, DecisionContext context) => [];
}
