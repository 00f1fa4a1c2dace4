using System.Text.Json;

namespace MappaFlows.Workflows.Streams;

/// <summary>Does one kind of outbox item. Each is done at least once, so doing it twice must be harmless.</summary>
public interface IOutboxHandler
{
    /// <summary>The <see cref="OutboxItem.Kind"/> that it does.</summary>
    string Kind { get; }

    /// <param name="streamId">The id of the stream that the item came from.</param>
    /// <param name="data">The item as it is stored.</param>
    /// <returns>Whether it is done; otherwise it stays in the outbox.</returns>
    Task<bool> HandleAsync(string streamId, string data, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public abstract class OutboxHandler<TItem>(string kind) : IOutboxHandler
    where TItem : OutboxItem
{
    public string Kind => kind;

    public Task<bool> HandleAsync(string streamId, string data, CancellationToken cancellationToken) =>
        HandleAsync(streamId, JsonSerializer.Deserialize<TItem>(data, StreamJson.Options)!, cancellationToken);

    protected abstract Task<bool> HandleAsync(string streamId, TItem item, CancellationToken cancellationToken);
}
