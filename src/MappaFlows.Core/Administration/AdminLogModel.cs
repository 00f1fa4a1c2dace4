using System.Text.Json;

namespace MappaFlows.Core.Administration;

/// <summary>The administrators' log: one stream, in which an action's request comes before the action, and its outcome after it.</summary>
public sealed class AdminLogModel : StreamModel<AdminLogState>
{
    /// <summary>The id of the one stream.</summary>
    public const string Id = "log";

    private const string PartName = "AdminLog";
    private const int PartVersion = 1;

    public AdminLogModel()
    {
        Events.Add<ActionRequested>();
        Events.Add<ActionCompleted>();
    }

    public override string Table => "Administration";

    /// <summary>The address of the log.</summary>
    public StreamId Log => Stream(Id);

    public override AdminLogState Apply(AdminLogState? state, StreamEvent happened, EventInfo info)
    {
        var open = state?.Open ?? [];
        return new()
        {
            Open = happened switch
            {
                ActionRequested => [.. open.TakeLast(AdminLogState.MaxOpen - 1), info.Sequence],
                ActionCompleted completed => [.. open.Where(request => request != completed.Request)],
                _ => throw new ArgumentException($"{happened.GetType().Name} is not an event of the log.", nameof(happened)),
            },
        };
    }

    /// <remarks>A request is decided without the state, so it can be judged before the log is read.</remarks>
    protected override Decision DecideClean(AdminLogState? state, Command command, DecisionContext context) => command switch
    {
        RequestAction request => Decide(request, (AdminContext)context),
        AcceptStore accept => Decision.Accept(new ActionRequested(AdminAction.AcceptStore, "store", accept.Reason)),
        CompleteAction complete => Decide(state, complete),
        _ => throw new ArgumentException($"{command.GetType().Name} is not a command of the log.", nameof(command)),
    };

    public override IReadOnlyList<StoredPart> Write(AdminLogState state) =>
        [new(PartName, PartVersion, JsonSerializer.Serialize(state, StreamJson.Options))];

    public override AdminLogState? Read(IReadOnlyDictionary<string, StoredPart> parts) =>
        parts.TryGetValue(PartName, out var part) && part.Version == PartVersion
            ? JsonSerializer.Deserialize<AdminLogState>(part.Json, StreamJson.Options)
            : null;

    private static Decision Decide(RequestAction request, AdminContext context)
    {
        if (!Permissions.MayOperate(context.Actor)) return Decision.Forbidden("You do not have the right to do this.");
        var validation = new Validation();
        validation.Text(request.Reason, nameof(request.Reason), "the reason", RequestAction.MaxReason);
        return validation.HasFailed
            ? validation.Refused
            : Decision.Accept(new ActionRequested(request.Action, request.Target, request.Reason!));
    }

    /// <summary>Needs no right: what was done is recorded, also where the person has lost the right meanwhile.</summary>
    private static Decision Decide(AdminLogState? state, CompleteAction complete) => state?.Open.Contains(complete.Request) switch
    {
        null => Decision.NotFound("There is no such request."),
        false => Decision.Accept(),
        true => Decision.Accept(new ActionCompleted(complete.Request, complete.IsDone, complete.Message)),
    };
}
