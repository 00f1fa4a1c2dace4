namespace MappaFlows.Workflows.Streams;

/// <summary>The handlers of the outbox, by the kind of item.</summary>
public sealed class OutboxHandlers(IEnumerable<IOutboxHandler> handlers)
{
    private readonly Dictionary<Type, IOutboxHandler> _handlers = handlers.ToDictionary(handler => handler.Handles);

    /// <inheritdoc cref="IOutboxHandler.HandleAsync"/>
    public Task<bool> HandleAsync(string streamId, OutboxItem item, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(item.GetType(), out var handler)
            ? handler.HandleAsync(streamId, item, cancellationToken)
            : throw new InvalidOperationException($"Nothing handles {item.GetType().Name}.");
}
