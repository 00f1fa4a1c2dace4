using System.Collections.Immutable;
using System.Text.Json;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Engine.Storage;

/// <summary>The row that says what an instance is and how it stands. Written when that changes, not at every turn.</summary>
internal sealed record Head
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    /// <summary>The run that is current; the ids that it makes come from it.</summary>
    public required Guid Execution { get; init; }

    /// <summary>
    /// The run that was asked for: it stays the same when the instance continues as new, so that the caller recognises it.
    /// </summary>
    public required Guid Origin { get; init; }

    /// <summary>Counts the runs under this id, from 0, so that two runs never share a row.</summary>
    public int Generation { get; init; }

    public string Version { get; init; } = "";

    public ParentLink? Parent { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public OrchestrationRuntimeStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the instance is to begin, where that was put off.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public byte[]? Input { get; init; }

    public byte[]? Output { get; init; }

    public byte[]? CustomStatus { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>How many rows the history has, once the instance has ended.</summary>
    public int Rows { get; init; }

    /// <summary>What the instance waited for when it last came to rest, for people to read.</summary>
    public string? WaitsFor { get; init; }

    public bool IsLive => IsLiveIn(Status);

    /// <summary>Whether an instance in this state has not ended.</summary>
    public static bool IsLiveIn(OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended;

    public Dictionary<string, object> ToProperties()
    {
        var properties = new Dictionary<string, object>(16)
        {
            ["Id"] = InstanceId,
            ["Name"] = Name,
            ["Execution"] = Execution,
            ["Generation"] = Generation,
            ["Status"] = Status.ToString(),
            ["CreatedAt"] = CreatedAt,
            ["UpdatedAt"] = UpdatedAt,
            ["Rows"] = Rows,
        };
        properties.Put("Version", Version.Length == 0 ? null : Version);
        properties.Put("Origin", Origin == Execution ? null : Origin);
        properties.Put("WaitsFor", WaitsFor);
        properties.Put("StartAt", StartAt);
        properties.PutParent(Parent);
        properties.PutTags(Tags);
        properties.PutBytes("Input", Input);
        properties.PutBytes("Output", Output);
        properties.PutBytes("CustomStatus", CustomStatus);
        properties.PutBytes("Failure", Failure is null ? null : FailureCodec.Encode(Failure));
        return properties;
    }

    /// <exception cref="HistoryCorruptException">The row is no head.</exception>
    public static Head From(Entity entity) => new()
    {
        InstanceId = entity.Need<string>("Id"),
        Name = entity.Need<string>("Name"),
        Execution = entity.Need<Guid>("Execution"),
        Origin = entity.Get("Origin", entity.Need<Guid>("Execution")),
        Generation = entity.Need<int>("Generation"),
        Version = entity.Text("Version") ?? "",
        Parent = entity.Parent(),
        Tags = entity.Tags(),
        Status = Enum.TryParse<OrchestrationRuntimeStatus>(entity.Need<string>("Status"), out var status)
            ? status
            : throw new HistoryCorruptException("A head has an unknown status."),
        CreatedAt = entity.Need<DateTimeOffset>("CreatedAt"),
        UpdatedAt = entity.Need<DateTimeOffset>("UpdatedAt"),
        Rows = entity.Get("Rows", 0),
        WaitsFor = entity.Text("WaitsFor"),
        StartAt = entity.Properties.GetValueOrDefault("StartAt") as DateTimeOffset?,
        Input = entity.Bytes("Input"),
        Output = entity.Bytes("Output"),
        CustomStatus = entity.Bytes("CustomStatus"),
        Failure = entity.Bytes("Failure") is { } failure ? FailureCodec.Decode(failure) : null,
    };

    /// <summary>The instance as the SDK shows it.</summary>
    /// <param name="converter">Reads inputs and outputs; null leaves them out.</param>
    public OrchestrationMetadata ToMetadata(DataConverter? converter)
    {
        var all = converter is not null;
        return new(Name, InstanceId)
        {
            DataConverter = converter,
            RuntimeStatus = Status,
            CreatedAt = CreatedAt,
            LastUpdatedAt = UpdatedAt,
            SerializedInput = all ? Payloads.Text(Input) : null,
            SerializedOutput = all ? Payloads.Text(Output) : null,
            SerializedCustomStatus = all ? Payloads.Text(CustomStatus) : null,
            FailureDetails = all ? Failure : null,
            Tags = Tags ?? ImmutableDictionary<string, string>.Empty,
        };
    }
}

internal static class HeadColumns
{
    public static void PutParent(this Dictionary<string, object> properties, ParentLink? parent)
    {
        if (parent is null)
            return;
        properties["ParentName"] = parent.Name;
        properties["ParentId"] = parent.InstanceId;
        properties["ParentExecution"] = parent.Execution;
        properties["ParentTask"] = parent.TaskId;
    }

    public static ParentLink? Parent(this Entity entity) => entity.Text("ParentId") is { } id
        ? new ParentLink(entity.Need<string>("ParentName"), id, entity.Need<Guid>("ParentExecution"), entity.Need<int>("ParentTask"))
        : null;

    public static void PutTags(this Dictionary<string, object> properties, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is { Count: > 0 })
            properties["Tags"] = JsonSerializer.Serialize(tags);
    }

    /// <exception cref="HistoryCorruptException">The tags cannot be read.</exception>
    public static IReadOnlyDictionary<string, string>? Tags(this Entity entity)
    {
        try
        {
            return entity.Text("Tags") is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json) : null;
        }
        catch (JsonException e)
        {
            throw new HistoryCorruptException("The tags are not readable JSON.", e);
        }
    }
}
