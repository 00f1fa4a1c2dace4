using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Web.Api;

/// <summary>How the API reads and writes JSON: names for enums, nothing for null, and no property that it does not know.</summary>
internal static class ApiJson
{
    /// <summary>Reads what a caller sends.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>As <see cref="Strict"/>, but passes over unknown properties; also used to write.</summary>
    public static JsonSerializerOptions Lenient { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>Makes the options of a framework service the same.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = unmapped,
            Converters = { new StrictEnumConverter(), new OffsetTimeConverter() },
        };
        Configure(options);
        return options;
    }
}
