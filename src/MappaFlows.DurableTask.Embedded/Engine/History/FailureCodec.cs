using System.Buffers;
using System.Text.Json;
using Microsoft.DurableTask;

namespace MappaFlows.DurableTask.Embedded.Engine.History;

/// <summary>The details of a failure as a JSON object, within a turn or by themselves.</summary>
internal static class FailureCodec
{
    // The code that made the properties decided how deep they are.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = TurnCodec.MaxPayloadDepth };

    public static byte[] Encode(TaskFailureDetails failure)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        Write(writer, failure);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="HistoryCorruptException">The bytes are no failure.</exception>
    public static TaskFailureDetails Decode(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, ReaderOptions);
            reader.Read();
            return Read(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HistoryCorruptException("A failure is not readable JSON.", e);
        }
    }

    public static void Write(Utf8JsonWriter writer, TaskFailureDetails failure)
    {
        writer.WriteStartObject();
        writer.WriteString("type", failure.ErrorType);
        writer.WriteString("message", failure.ErrorMessage);
        if (failure.StackTrace is not null)
            writer.WriteString("stack", failure.StackTrace);
        if (failure.InnerFailure is not null)
        {
            writer.WritePropertyName("inner");
            Write(writer, failure.InnerFailure);
        }
        if (failure.Properties is { Count: > 0 } properties)
        {
            writer.WritePropertyName("properties");
            JsonSerializer.Serialize(writer, properties);
        }
        writer.WriteEndObject();
    }

    /// <param name="reader">Stands on the object's start; afterwards on its end.</param>
    /// <exception cref="InvalidOperationException">A value is not of the type that it must be.</exception>
    public static TaskFailureDetails Read(ref Utf8JsonReader reader)
    {
        string? type = null, message = null, stack = null;
        TaskFailureDetails? inner = null;
        IDictionary<string, object?>? properties = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "type":
                    type = reader.GetString();
                    break;
                case "message":
                    message = reader.GetString();
                    break;
                case "stack":
                    stack = reader.GetString();
                    break;
                case "inner":
                    inner = Read(ref reader);
                    break;
                case "properties":
                    properties = JsonSerializer.Deserialize<Dictionary<string, object?>>(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new(type ?? "", message ?? "", stack, inner, properties);
    }
}
