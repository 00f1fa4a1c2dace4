namespace MappaFlows.Workflows.Streams;

/// <summary>Does one kind of outbox item. Each is done at least once, so doing it twice must be harmless.</summary>
public interface IOutboxHandler
{
    Type Handles { get; }

    /// <param name="streamId">The id of the stream that the item came from.</param>
    /// <returns>Whether it is done; otherwise it stays in the outbox.</returns>
    Task<bool> HandleAsync(string streamId, OutboxItem item, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public abstract class OutboxHandler<TItem> : IOutboxHandler
    where TItem : OutboxItem
{
    public Type Handles => typeof(TItem);

    public Task<bool> HandleAsync(string streamId, OutboxItem item, CancellationToken cancellationToken) =>
        HandleAsync(streamId, (TItem)item, cancellationToken);

    protected abstract Task<bool> HandleAsync(string streamId, TItem item, CancellationToken cancellationToken);
}
