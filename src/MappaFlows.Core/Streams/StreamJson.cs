using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Core.Streams;

/// <summary>
/// How cases and their events are written: names for enums, nothing for null, and unknown properties of later versions passed over.
/// </summary>
public static class StreamJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
    };
}
