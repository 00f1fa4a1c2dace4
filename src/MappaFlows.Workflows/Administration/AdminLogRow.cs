using System.Text.Json;

namespace MappaFlows.Workflows.Administration;

/// <summary>A row of the log, as far as it can be read.</summary>
/// <param name="Record">Null where the row can no longer be read at all.</param>
/// <param name="Event">Null where the record holds no event of the log.</param>
/// <param name="IsIntact">Whether the hash fits what is stored. The order of rows is not judged here.</param>
internal sealed record AdminLogRow(EventRecord? Record, StreamEvent? Event, bool IsIntact)
{
    public long? Sequence => Record?.Info.Sequence;

    public bool IsRequest => Event is ActionRequested;

    public static AdminLogRow Of(AdminLogModel model, EventRecord? record)
    {
        var happened = record is null ? null : TryRead(model, record);
        return new(record, happened, happened is not null && record!.IsIntact(model.Log));
    }

    /// <summary>The entry of a request with the outcome that was recorded for it.</summary>
    public AdminLogEntry EntryWith(AdminLogRow? outcome)
    {
        var (info, request) = (Record!.Info, (ActionRequested)Event!);
        return new(
            info.Sequence,
            info.At,
            info.ActorId,
            info.ActorName,
            request.Action,
            request.Target,
            request.Reason,
            outcome?.ToOutcome());
    }

    private ActionOutcome ToOutcome() =>
        Event is ActionCompleted completed
            ? new(Record!.Info.Sequence, Record.Info.At, completed.IsDone, completed.Message)
            : throw new InvalidOperationException("The row holds no outcome.");

    private static StreamEvent? TryRead(AdminLogModel model, EventRecord record)
    {
        try
        {
            return model.Events.Read(record.Type, record.Data) switch
            {
                // What was changed by hand can lack anything.
                ActionRequested { Target: not null, Reason: not null } request when Enum.IsDefined(request.Action) => request,
                ActionCompleted { Message: not null } completed => completed,
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or UnknownEventException)
        {
            return null;
        }
    }
}
