using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Streams;

/// <summary>Something to be done because of a commit. Done at least once; each kind is harmless when done twice.</summary>
public abstract record OutboxItem
{
    /// <summary>Names its kind, and so its handler. It is stored, so it lasts.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}

/// <summary>An item as it stands in the outbox.</summary>
internal readonly record struct StoredOutboxItem(string Row, string Kind, string Data);
