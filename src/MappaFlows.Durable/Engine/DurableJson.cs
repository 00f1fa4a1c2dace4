using System.Text.Encodings.Web;
using System.Text.Json;

namespace MappaFlows.Durable.Engine;

/// <summary>How inputs and results are written: UTF-8 JSON, properties only, names read in any letter case, as the Functions worker has it.</summary>
internal static class DurableJson
{
    /// <summary>A custom status is at most 16 KiB, as on the vendor's hosts.</summary>
    public const int MaxCustomStatusBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value as JSON; null stays null.</summary>
    /// <exception cref="PayloadTooLargeException">The JSON is longer than <paramref name="limit"/> bytes.</exception>
    public static byte[]? Serialize(object? value, int limit, string what)
    {
        if (value is null)
            return null;
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);
        return json.Length <= limit ? json : throw new PayloadTooLargeException(what, json.Length, limit);
    }

    public static T? Deserialize<T>(byte[]? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, Options);

    public static object? Deserialize(byte[]? json, Type type)
    {
        if (json is not null)
            return JsonSerializer.Deserialize(json, type, Options);
        return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
    }
}
