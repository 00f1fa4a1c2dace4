using System.Text.Json;

namespace MappaFlows.Core.Streams;

/// <summary>The events of one kind of stream, by their lasting names.</summary>
public sealed class EventTypes
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _names = [];

    public IReadOnlyDictionary<string, Type> All => _types;

    /// <param name="name">The name it is stored under; null for the name of its class.</param>
    /// <exception cref="ArgumentException">The name or the event is there already.</exception>
    public void Add<TEvent>(string? name = null)
        where TEvent : StreamEvent
    {
        var lasting = name ?? typeof(TEvent).Name;
        if (!_types.TryAdd(lasting, typeof(TEvent))) throw new ArgumentException($"There is an event {lasting} already.", nameof(name));
        if (!_names.TryAdd(typeof(TEvent), lasting)) throw new ArgumentException($"{typeof(TEvent).Name} has a name already.", nameof(name));
    }

    /// <exception cref="ArgumentException">The event was never added.</exception>
    public string NameOf(StreamEvent happened) => _names.TryGetValue(happened.GetType(), out var name)
        ? name
        : throw new ArgumentException($"{happened.GetType().Name} is not an event of this stream.", nameof(happened));

    public string Write(StreamEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), StreamJson.Options);

    /// <exception cref="UnknownEventException">No code is left that reads this event.</exception>
    public StreamEvent Read(string name, string data) => _types.TryGetValue(name, out var type)
        ? (StreamEvent?)JsonSerializer.Deserialize(data, type, StreamJson.Options) ?? throw new JsonException($"The stored {name} is empty.")
        : throw new UnknownEventException(name);
}

/// <summary>An event is stored under a name that this version does not know.</summary>
public sealed class UnknownEventException(string name) : Exception($"This version knows no event {name}.")
{
    public string Name { get; } = name;
}
