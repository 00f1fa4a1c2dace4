using System.ComponentModel;
using System.Text.Json;

namespace MappaFlows.Web.Api;

/// <summary>An event as it was recorded. Its name and the properties of its data, once released, stay readable for ever.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Event">The lasting name of the event.</param>
/// <param name="Data">What it recorded.</param>
public sealed record EventDocument(
    long Sequence,
    DateTimeOffset At,
    string ActorId,
    string ActorName,
    string Event,
    [property: Description("What the event recorded: the stored JSON")] JsonElement Data)
{
    internal static EventDocument Of(RecordedEvent recorded)
    {
        using var data = JsonDocument.Parse(recorded.Record.Data);
        return new(recorded.Sequence, recorded.At, recorded.ActorId, recorded.ActorName, recorded.Record.Type, data.RootElement.Clone());
    }
}
