using System.Buffers;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine.History;

/// <summary>
/// Turns as JSON: an array with an object for each event. JSON rather than a binary form because it has to be read in twenty years,
/// by people too; written by hand because a turn is written for every step of every instance.
/// A payload that is JSON stands in it as JSON; one that some other data converter wrote stands in it as a string.
/// </summary>
internal static class TurnCodec
{
    // Which of the short property names an event uses is in Write and Read alone.
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("k");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText TextData = JsonEncodedText.Encode("text");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText Final = JsonEncodedText.Encode("final");
    private static readonly JsonEncodedText Recursive = JsonEncodedText.Encode("recursive");
    private static readonly JsonEncodedText Instance = JsonEncodedText.Encode("instance");
    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Failure = JsonEncodedText.Encode("failure");

    // Payloads are as deep as their converter let them be; a turn is two levels around them.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxPayloadDepth + 8 };

    /// <summary>JSON deeper than this stands in a turn as a string.</summary>
    internal const int MaxPayloadDepth = 256;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    public static byte[] Encode(IReadOnlyList<HistoryEvent> events)
    {
        var (buffer, writer) = _scratch ??= NewScratch();
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartArray();
        for (var i = 0; i < events.Count; i++)
            Write(writer, events[i]);
        writer.WriteEndArray();
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1 << 20)
            _scratch = null;
        return bytes;
    }

    /// <exception cref="HistoryCorruptException">The bytes are no turn.</exception>
    public static List<HistoryEvent> Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new HistoryCorruptException("A turn is not a JSON array.");
            var events = new List<HistoryEvent>();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                events.Add(Read(ref reader, json));
            if (reader.TokenType != JsonTokenType.EndArray)
                throw new HistoryCorruptException("A turn does not end.");
            return events;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new HistoryCorruptException("A turn is not readable JSON.", e);
        }
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        // Payloads are copied as they are: they were checked when they were made.
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }

    private static void Write(Utf8JsonWriter writer, HistoryEvent e)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, KindOf(e));
        switch (e)
        {
            case ExecutionStarted:
                break;
            case TaskCompleted x:
                writer.WriteNumber(Id, x.TaskId);
                WriteData(writer, x.Result);
                break;
            case TaskFailed x:
                writer.WriteNumber(Id, x.TaskId);
                writer.WritePropertyName(Failure);
                FailureCodec.Write(writer, x.Failure);
                WriteFlag(writer, Final, x.IsFinal);
                break;
            case TimerFired x:
                writer.WriteNumber(Id, x.TimerId);
                break;
            case EventRaised x:
                writer.WriteString(Name, x.Name);
                WriteData(writer, x.Payload);
                break;
            case ExecutionSuspended x:
                WriteOptional(writer, Reason, x.Reason);
                break;
            case ExecutionResumed x:
                WriteOptional(writer, Reason, x.Reason);
                break;
            case ExecutionTerminated x:
                WriteData(writer, x.Output);
                WriteFlag(writer, Recursive, x.IsRecursive);
                break;
            case TaskScheduled x:
                writer.WriteNumber(Id, x.Id);
                writer.WriteString(Name, x.Name);
                WriteOptional(writer, Version, x.Version.Length == 0 ? null : x.Version);
                WriteData(writer, x.Input);
                break;
            case SubOrchestrationScheduled x:
                writer.WriteNumber(Id, x.Id);
                writer.WriteString(Name, x.Name);
                writer.WriteString(Instance, x.InstanceId);
                break;
            case TimerCreated x:
                writer.WriteNumber(Id, x.Id);
                writer.WriteString(At, x.FireAt);
                break;
            case EventSent x:
                writer.WriteNumber(Id, x.Id);
                writer.WriteString(Instance, x.InstanceId);
                writer.WriteString(Name, x.Name);
                break;
            case ExecutionCompleted x:
                writer.WriteString(Status, x.Status.ToString());
                WriteData(writer, x.Output);
                if (x.Failure is not null)
                {
                    writer.WritePropertyName(Failure);
                    FailureCodec.Write(writer, x.Failure);
                }
                break;
        }
        writer.WriteEndObject();
    }

    private static string KindOf(HistoryEvent e) => e switch
    {
        ExecutionStarted => "ExecutionStarted",
        TaskCompleted => "TaskCompleted",
        TaskFailed => "TaskFailed",
        TimerFired => "TimerFired",
        EventRaised => "EventRaised",
        ExecutionSuspended => "ExecutionSuspended",
        ExecutionResumed => "ExecutionResumed",
        ExecutionTerminated => "ExecutionTerminated",
        TaskScheduled => "TaskScheduled",
        SubOrchestrationScheduled => "SubOrchestrationScheduled",
        TimerCreated => "TimerCreated",
        EventSent => "EventSent",
        ExecutionCompleted => "ExecutionCompleted",
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "No event of a history."),
    };

    private static void WriteOptional(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteFlag(Utf8JsonWriter writer, JsonEncodedText name, bool value)
    {
        if (value)
            writer.WriteBoolean(name, true);
    }

    private static void WriteData(Utf8JsonWriter writer, byte[]? payload)
    {
        if (payload is null)
            return;
        if (IsJson(payload))
        {
            writer.WritePropertyName(Data);
            writer.WriteRawValue(payload, skipInputValidation: true);
        }
        else
        {
            writer.WriteString(TextData, payload);
        }
    }

    private static bool IsJson(byte[] payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxPayloadDepth });
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static HistoryEvent Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        string? kind = null, name = null, instance = null, reason = null, status = null, version = null;
        bool final = false, recursive = false;
        int? id = null;
        DateTime? at = null;
        byte[]? data = null;
        TaskFailureDetails? failure = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("k"u8))
            {
                kind = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = json[start..(int)reader.BytesConsumed].ToArray();
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                data = Payloads.Bytes(ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("final"u8))
            {
                reader.Read();
                final = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("recursive"u8))
            {
                reader.Read();
                recursive = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("instance"u8))
            {
                instance = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                at = reader.GetDateTime();
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                reason = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                status = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("failure"u8))
            {
                reader.Read();
                failure = FailureCodec.Read(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return kind switch
        {
            "ExecutionStarted" => new ExecutionStarted(),
            "TaskCompleted" => new TaskCompleted(Need(id, kind), data),
            "TaskFailed" => new TaskFailed(Need(id, kind), Need(failure, kind), final),
            "TimerFired" => new TimerFired(Need(id, kind)),
            "EventRaised" => new EventRaised(Need(name, kind), data),
            "ExecutionSuspended" => new ExecutionSuspended(reason),
            "ExecutionResumed" => new ExecutionResumed(reason),
            "ExecutionTerminated" => new ExecutionTerminated(data, recursive),
            "TaskScheduled" => new TaskScheduled(Need(id, kind), Need(name, kind), data, version ?? ""),
            "SubOrchestrationScheduled" => new SubOrchestrationScheduled(Need(id, kind), Need(name, kind), Need(instance, kind)),
            "TimerCreated" => new TimerCreated(Need(id, kind), Need(at, kind)),
            "EventSent" => new EventSent(Need(id, kind), Need(instance, kind), Need(name, kind)),
            "ExecutionCompleted" => new ExecutionCompleted(
                Enum.TryParse<OrchestrationRuntimeStatus>(status, out var parsed) ? parsed : throw Missing(kind), data, failure),
            _ => throw new HistoryCorruptException($"A turn has an event of the unknown kind '{kind}'."),
        };
    }

    private static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static T Need<T>(T? value, string kind) where T : struct => value ?? throw Missing(kind);

    private static T Need<T>(T? value, string kind) where T : class => value ?? throw Missing(kind);

    private static HistoryCorruptException Missing(string kind) => new($"An event {kind} lacks a part.");
}
