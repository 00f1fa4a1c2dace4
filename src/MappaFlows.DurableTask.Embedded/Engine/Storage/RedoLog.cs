using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>Changes as chunks of JSON, each with the changes of its own, for those that are too many for one commit.</summary>
internal static class RedoLog
{
    public static List<byte[]> Encode(IReadOnlyList<Change> changes, int chunkBytes)
    {
        var chunks = new List<byte[]>();
        for (var from = 0; from < changes.Count;)
        {
            var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartArray();
                var size = 0;
                do
                {
                    size += ChangeSize.Of(changes[from]);
                    Write(writer, changes[from++]);
                }
                while (from < changes.Count && size + ChangeSize.Of(changes[from]) <= chunkBytes);
                writer.WriteEndArray();
            }
            chunks.Add(buffer.ToArray());
        }
        return chunks;
    }

    public static List<Change> Decode(IEnumerable<byte[]> chunks)
    {
        var changes = new List<Change>();
        foreach (var chunk in chunks)
        {
            using var document = JsonDocument.Parse(chunk);
            foreach (var change in document.RootElement.EnumerateArray())
                changes.Add(Read(change));
        }
        return changes;
    }

    /// <summary>The change in a form that may be made twice.</summary>
    public static Change Repeatable(Change change) => change switch
    {
        Insert insert => new Upsert(insert.Row, insert.Properties),
        Replace replace => new Upsert(replace.Row, replace.Properties),
        Delete delete => new Delete(delete.Row),
        _ => change,
    };

    private static void Write(Utf8JsonWriter writer, Change change)
    {
        writer.WriteStartObject();
        writer.WriteString("row", change.Row);
        if (ChangeSize.PropertiesOf(change) is { } properties)
        {
            writer.WriteStartObject("set");
            foreach (var (name, value) in properties)
            {
                writer.WriteStartArray(name);
                switch (value)
                {
                    case string x:
                        writer.WriteStringValue("s");
                        writer.WriteStringValue(x);
                        break;
                    case bool x:
                        writer.WriteStringValue("b");
                        writer.WriteBooleanValue(x);
                        break;
                    case int x:
                        writer.WriteStringValue("i");
                        writer.WriteNumberValue(x);
                        break;
                    case long x:
                        writer.WriteStringValue("l");
                        writer.WriteNumberValue(x);
                        break;
                    case Guid x:
                        writer.WriteStringValue("g");
                        writer.WriteStringValue(x);
                        break;
                    case DateTimeOffset x:
                        writer.WriteStringValue("d");
                        writer.WriteStringValue(x.ToString("O", CultureInfo.InvariantCulture));
                        break;
                    case byte[] x:
                        writer.WriteStringValue("x");
                        writer.WriteBase64StringValue(x);
                        break;
                    default:
                        throw new ArgumentOutOfRangeException(nameof(change), value.GetType().Name, "No type that the engine stores.");
                }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static Change Read(JsonElement json)
    {
        var row = json.GetProperty("row").GetString()!;
        if (!json.TryGetProperty("set", out var set))
            return new Delete(row);
        var properties = new Dictionary<string, object>();
        foreach (var property in set.EnumerateObject())
        {
            var value = property.Value[1];
            properties.Add(property.Name, property.Value[0].GetString() switch
            {
                "s" => value.GetString()!,
                "b" => value.GetBoolean(),
                "i" => value.GetInt32(),
                "l" => value.GetInt64(),
                "g" => value.GetGuid(),
                "d" => value.GetDateTimeOffset(),
                "x" => value.GetBytesFromBase64(),
                var type => throw new History.HistoryCorruptException($"The redo log has a property of the unknown type '{type}'."),
            });
        }
        return new Upsert(row, properties);
    }
}
