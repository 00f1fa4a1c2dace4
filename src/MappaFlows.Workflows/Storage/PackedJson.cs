using System.IO.Compression;
using System.Text.Json;

namespace MappaFlows.Workflows.Storage;

/// <summary>JSON in an entity: compressed, and cut into properties, since a property holds 64 KiB and a long-lived case more.</summary>
internal static class PackedJson
{
    private const int BytesPerProperty = 60 * 1024;

    /// <summary>A text up to this length is kept as it is: packing it saves nothing.</summary>
    private const int MaxPlainLength = 256;

    /// <summary>Adds the text as properties whose names begin with <paramref name="name"/>.</summary>
    public static void Add(IDictionary<string, object> properties, string name, string json)
    {
        if (json.Length <= MaxPlainLength)
        {
            properties[$"{name}0"] = json;
            return;
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new StreamWriter(brotli))
            writer.Write(json);

        var bytes = packed.ToArray();
        for (var part = 0; part * BytesPerProperty < bytes.Length; part++)
        {
            var end = Math.Min(bytes.Length, (part + 1) * BytesPerProperty);
            properties[$"{name}{part}"] = bytes[(part * BytesPerProperty)..end];
        }
    }

    public static void Add<T>(IDictionary<string, object> properties, string name, T value) =>
        Add(properties, name, JsonSerializer.Serialize(value, StreamJson.Options));

    /// <summary>The text that was added, to the letter.</summary>
    public static string ReadText(IReadOnlyDictionary<string, object> properties, string name)
    {
        if (properties.TryGetValue($"{name}0", out var first) && first is string plain) return plain;
        using var packed = new MemoryStream();
        for (var part = 0; properties.TryGetValue($"{name}{part}", out var bytes); part++) packed.Write((byte[])bytes);
        packed.Position = 0;
        using var reader = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    public static T Read<T>(IReadOnlyDictionary<string, object> properties, string name) =>
        JsonSerializer.Deserialize<T>(ReadText(properties, name), StreamJson.Options)
        ?? throw new InvalidDataException($"The stored {typeof(T).Name} is empty.");
}
