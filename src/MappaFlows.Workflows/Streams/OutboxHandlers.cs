namespace MappaFlows.Workflows.Streams;

/// <summary>The handlers of the outbox, by the kind of item.</summary>
public sealed class OutboxHandlers(IEnumerable<IOutboxHandler> handlers)
{
    private readonly Dictionary<string, IOutboxHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    /// <returns>Whether the item is done; otherwise it stays in the outbox.</returns>
    internal Task<bool> HandleAsync(string streamId, StoredOutboxItem item, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(item.Kind, out var handler)
            ? handler.HandleAsync(streamId, item.Data, cancellationToken)
            : throw new UnknownItemException(item.Kind);
}

/// <summary>An item is of a kind that this version does not know, or cannot be read.</summary>
public sealed class UnknownItemException(string kind) : Exception($"Nothing handles {kind}.");
