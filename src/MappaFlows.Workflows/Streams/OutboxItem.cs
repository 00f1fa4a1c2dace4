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
internal sealed record StoredOutboxItem(string Row, string ETag, string Kind, string Data)
{
    /// <summary>How often it has failed.</summary>
    public int Failures { get; init; }

    /// <summary>When it failed first; null where it has not.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>Before which it is left alone; null where it may be done at once.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
