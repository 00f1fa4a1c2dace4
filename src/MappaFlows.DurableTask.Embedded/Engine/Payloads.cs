using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace MappaFlows.DurableTask.Embedded.Engine;

/// <summary>Inputs, results and events as UTF-8 text, written and read by the SDK's data converter. Null stays null.</summary>
internal sealed class Payloads(DataConverter converter, int maxBytes)
{
    /// <summary>A custom status is at most 16 KiB, as on Microsoft's hosts.</summary>
    public const int MaxCustomStatusBytes = 16 * 1024;

    // What the SDK's default converter does, without the string between.
    private static readonly JsonSerializerOptions DefaultOptions = new() { IncludeFields = true };

    private readonly bool _isDefault = ReferenceEquals(converter, JsonDataConverter.Default);

    /// <exception cref="PayloadTooLargeException">The text is longer than the limit.</exception>
    public byte[]? Serialize(object? value, string what) => Serialize(value, what, maxBytes);

    /// <inheritdoc cref="Serialize(object?, string)"/>
    public byte[]? SerializeCustomStatus(object? value) => Serialize(value, "The custom status", MaxCustomStatusBytes);

    public T? Deserialize<T>(byte[]? payload)
    {
        if (payload is null)
            return default;
        return _isDefault
            ? JsonSerializer.Deserialize<T>(payload, DefaultOptions)
            : converter.Deserialize<T>(Text(payload));
    }

    public object? Deserialize(byte[]? payload, Type type)
    {
        if (payload is null)
            return null;
        return _isDefault ? JsonSerializer.Deserialize(payload, type, DefaultOptions) : converter.Deserialize(Text(payload), type);
    }

    public static string? Text(byte[]? payload) => payload is null ? null : Encoding.UTF8.GetString(payload);

    public static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private byte[]? Serialize(object? value, string what, int limit)
    {
        var bytes = !_isDefault ? Bytes(converter.Serialize(value))
            : value is null ? null
            : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), DefaultOptions);
        return bytes is null || bytes.Length <= limit ? bytes : throw new PayloadTooLargeException(what, bytes.Length, limit);
    }
}
