using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>Reads and writes properties; JSON longer than a property may be goes over several of them.</summary>
internal static class Columns
{
    private const int ChunkBytes = 60_000;

    public static void Put(this Dictionary<string, object> properties, string name, object? value)
    {
        if (value is not null)
            properties.Add(name, value);
    }

    public static void PutBytes(this Dictionary<string, object> properties, string name, byte[]? bytes)
    {
        if (bytes is null)
            return;
        if (bytes.Length <= ChunkBytes)
        {
            properties.Add(name, bytes);
            return;
        }
        for (var (chunk, offset) = (0, 0); offset < bytes.Length; chunk++, offset += ChunkBytes)
            properties.Add(chunk == 0 ? name : name + chunk, bytes[offset..Math.Min(offset + ChunkBytes, bytes.Length)]);
    }

    public static byte[]? Bytes(this Entity entity, string name)
    {
        if (!entity.Properties.TryGetValue(name, out var first))
            return null;
        if (!entity.Properties.ContainsKey(name + 1))
            return (byte[])first;
        var whole = new MemoryStream();
        whole.Write((byte[])first);
        for (var chunk = 1; entity.Properties.TryGetValue(name + chunk, out var more); chunk++)
            whole.Write((byte[])more);
        return whole.ToArray();
    }

    public static string? Text(this Entity entity, string name) => entity.Properties.GetValueOrDefault(name) as string;

    /// <exception cref="History.HistoryCorruptException">The row lacks the property, or has it with another type.</exception>
    public static T Need<T>(this Entity entity, string name) =>
        entity.Properties.GetValueOrDefault(name) is T value ? value : throw new History.HistoryCorruptException($"The row lacks {name}.");

    public static T Get<T>(this Entity entity, string name, T otherwise) where T : struct =>
        entity.Properties.GetValueOrDefault(name) is T value ? value : otherwise;
}
