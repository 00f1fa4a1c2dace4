using MappaFlows.Durable.Engine.History;
using MappaFlows.Tables;

namespace MappaFlows.Durable.Engine.Storage;

/// <summary>Messages as rows.</summary>
internal static class MessageRow
{
    public static Dictionary<string, object> Encode(string target, Message message)
    {
        var properties = new Dictionary<string, object>(8) { ["To"] = target };
        switch (message)
        {
            case StartMessage x:
                properties["Kind"] = "Start";
                properties["Name"] = x.Name;
                properties["Version"] = x.Version;
                properties["Execution"] = x.Execution;
                properties.Put("StartAt", x.StartAt);
                properties.PutParent(x.Parent);
                properties.PutBytes("Data", x.Input);
                break;
            case BeginMessage x:
                properties["Kind"] = "Begin";
                properties["Execution"] = x.Execution;
                break;
            case EventMessage x:
                properties["Kind"] = "Event";
                properties["Name"] = x.Name;
                properties.PutBytes("Data", x.Payload);
                break;
            case OutcomeMessage x:
                properties["Kind"] = "Outcome";
                properties["Execution"] = x.Execution;
                properties["Task"] = x.TaskId;
                properties.PutBytes("Data", x.Result);
                properties.PutBytes("Failure", x.Failure is null ? null : TurnCodec.EncodeFailure(x.Failure));
                break;
            case SuspendMessage x:
                properties["Kind"] = "Suspend";
                properties.Put("Reason", x.Reason);
                break;
            case ResumeMessage x:
                properties["Kind"] = "Resume";
                properties.Put("Reason", x.Reason);
                break;
            case TerminateMessage x:
                properties["Kind"] = "Terminate";
                properties.PutBytes("Data", x.Output);
                break;
            case PurgeMessage:
                properties["Kind"] = "Purge";
                break;
            case RetryMessage:
                properties["Kind"] = "Retry";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "No message that is stored.");
        }
        return properties;
    }

    /// <exception cref="HistoryCorruptException">The row is no message.</exception>
    public static (string Target, Message Message) Decode(Entity entity)
    {
        Message message = entity.Need<string>("Kind") switch
        {
            "Start" => new StartMessage(
                entity.Need<string>("Name"),
                entity.Bytes("Data"),
                entity.Text("Version") ?? "",
                entity.Need<Guid>("Execution"),
                entity.Properties.GetValueOrDefault("StartAt") as DateTimeOffset?,
                entity.Parent()),
            "Begin" => new BeginMessage(entity.Need<Guid>("Execution")),
            "Event" => new EventMessage(entity.Need<string>("Name"), entity.Bytes("Data")),
            "Outcome" => new OutcomeMessage(
                entity.Need<Guid>("Execution"),
                entity.Need<int>("Task"),
                entity.Bytes("Data"),
                entity.Bytes("Failure") is { } failure ? TurnCodec.DecodeFailure(failure) : null),
            "Suspend" => new SuspendMessage(entity.Text("Reason")),
            "Resume" => new ResumeMessage(entity.Text("Reason")),
            "Terminate" => new TerminateMessage(entity.Bytes("Data")),
            "Purge" => new PurgeMessage(),
            "Retry" => new RetryMessage(),
            var kind => throw new HistoryCorruptException($"A message is of the unknown kind '{kind}'."),
        };
        return (entity.Need<string>("To"), message);
    }
}
