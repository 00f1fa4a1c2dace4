using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.Tables;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

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
                properties.Put("Dedupe", ReferenceEquals(x.Dedupe, StartMessage.NotEnded) ? null : string.Join(',', x.Dedupe));
                properties.PutTags(x.Tags);
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
                properties.PutBytes("Failure", x.Failure is null ? null : FailureCodec.Encode(x.Failure));
                properties.Put("Final", x.IsFinal ? true : null);
                break;
            case ActivityMessage x:
                properties["Kind"] = "Activity";
                properties["Name"] = x.Name;
                properties["Version"] = x.Version;
                properties["Execution"] = x.Execution;
                properties["Task"] = x.TaskId;
                properties["Recoveries"] = x.Recoveries;
                properties.PutBytes("Data", x.Input);
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
                properties.Put("Recursive", x.IsRecursive ? true : null);
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
                entity.Parent())
            {
                Dedupe = entity.Text("Dedupe") is { } dedupe ? Statuses(dedupe) : StartMessage.NotEnded,
                Tags = entity.Tags(),
            },
            "Begin" => new BeginMessage(entity.Need<Guid>("Execution")),
            "Event" => new EventMessage(entity.Need<string>("Name"), entity.Bytes("Data")),
            "Outcome" => new OutcomeMessage(
                entity.Need<Guid>("Execution"),
                entity.Need<int>("Task"),
                entity.Bytes("Data"),
                entity.Bytes("Failure") is { } failure ? FailureCodec.Decode(failure) : null,
                entity.Get("Final", false)),
            "Activity" => new ActivityMessage(
                entity.Need<Guid>("Execution"), entity.Need<int>("Task"), entity.Need<string>("Name"), entity.Bytes("Data"), entity.Text("Version") ?? "")
            {
                Recoveries = entity.Get("Recoveries", 0),
            },
            "Suspend" => new SuspendMessage(entity.Text("Reason")),
            "Resume" => new ResumeMessage(entity.Text("Reason")),
            "Terminate" => new TerminateMessage(entity.Bytes("Data"), entity.Get("Recursive", false)),
            "Purge" => new PurgeMessage(),
            "Retry" => new RetryMessage(),
            var kind => throw new HistoryCorruptException($"A message is of the unknown kind '{kind}'."),
        };
        return (entity.Need<string>("To"), message);
    }

    private static OrchestrationRuntimeStatus[] Statuses(string names)
    {
        var parts = names.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var statuses = new OrchestrationRuntimeStatus[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Enum.TryParse(parts[i], out statuses[i]))
                throw new HistoryCorruptException("A start has an unknown status.");
        }
        return statuses;
    }
}
