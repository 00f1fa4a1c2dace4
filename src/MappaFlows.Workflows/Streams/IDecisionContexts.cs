namespace MappaFlows.Workflows.Streams;

/// <summary>Makes what a decision is made with.</summary>
public interface IDecisionContexts<TState>
    where TState : class
{
    /// <summary>Asked for every attempt, so that roles are those of now.</summary>
    /// <param name="state">The state as it was loaded; null where there is no such stream.</param>
    ValueTask<DecisionContext> CreateAsync(
        Person actor,
        TState? state,
        Command command,
        DateTimeOffset now,
        CancellationToken cancellationToken);
}
