using System.Globalization;
using MappaFlows.DurableTask.Embedded.Client;
using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace MappaFlows.DurableTask.Embedded.Operations;

/// <summary>The administrator's view of the embedded engine.</summary>
internal sealed class OrchestrationOperations(EmbeddedEngine engine, IOptions<DurableTaskClientOptions> client) : IOrchestrationOperations
{
    private readonly InstanceSearch _search = new(engine);

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        var (heads, token) = await _search.FindAsync(
            new SearchQuery
            {
                NamePrefix = query.NamePrefix,
                InstanceIdPrefix = query.InstanceIdPrefix,
                Statuses = query.Statuses?.ToHashSet(),
                CreatedFrom = query.CreatedFrom,
                CreatedTo = query.CreatedTo,
                UpdatedBefore = query.UpdatedBefore,
            },
            query.ContinuationToken,
            query.PageSize,
            cancellationToken);
        return new([.. heads.Select(h => new InstanceSummary(Metadata(h), h.WaitsFor))], token);
    }

    public async Task<InstanceDetails?> GetAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        if (await engine.Post.HeadAsync(instanceId, cancellationToken) is not { } head)
            return null;
        var (turns, _) = await TurnRows.ReadAsync(engine.Store, engine.Options.Table, instanceId, head.Generation, cancellationToken);
        var history = turns.SelectMany(t => t.Events.Select(e => Entry(new DateTimeOffset(t.Time), e))).ToList();
        var parent = head.Parent is { } p ? new ParentOrchestrationInstance(new TaskName(p.Name), p.InstanceId) : null;
        return new InstanceDetails(Metadata(head), parent, history, head.IsLive ? WaitsOf(head, turns) : []);
    }

    public async Task<IReadOnlyList<QuarantinedEntry>> ListQuarantinedAsync(CancellationToken cancellationToken = default)
    {
        var items = await Quarantine.ReadAsync(engine.Store, engine.Options.Table, cancellationToken);
        return
        [
            .. items.OrderBy(i => i.Since).Select(
                i => new QuarantinedEntry(i.Key, i.InstanceId, i.Reason, i.Attempts, i.Since, i.LastFailedAt)),
        ];
    }

    public Task<bool> RetryQuarantinedAsync(string key, CancellationToken cancellationToken = default) =>
        Active().RetryQuarantinedAsync(key, cancellationToken);

    public Task<bool> DiscardQuarantinedAsync(string key, CancellationToken cancellationToken = default) =>
        Active().DiscardQuarantinedAsync(key, cancellationToken);

    public IReadOnlyList<BlockedOrchestration> ListBlocked() =>
        [.. (engine.Core?.Blocked ?? []).Select(blocked => new BlockedOrchestration(blocked.InstanceId, blocked.Name, blocked.For))];

    private OrchestrationMetadata Metadata(Head head) => head.ToMetadata(client.Value.DataConverter);

    // What is quarantined is known to the host that has the lease, and only it may change that.
    private EngineCore Active() =>
        engine.Core ?? throw new InvalidOperationException("This host stands by. Ask the one that runs the orchestrations.");

    private List<InstanceWait> WaitsOf(Head head, List<Turn> turns)
    {
        // A run of its own, led through the history and thrown away: what code waits for is only known to code.
        if (engine.NewRun(head) is not { } run)
            return [];
        try
        {
            foreach (var turn in turns)
                run.Replay(turn);
        }
        catch (DivergedException)
        {
            return [];
        }
        return
        [
            .. run.Open.Requests.Select(open => open switch
            {
                TaskScheduled task => new InstanceWait(InstanceWaitKind.Activity, task.Name, null),
                SubOrchestrationScheduled sub => new InstanceWait(InstanceWaitKind.SubOrchestration, $"{sub.Name} ({sub.InstanceId})", null),
                TimerCreated timer => new InstanceWait(InstanceWaitKind.Timer, $"timer #{timer.Id}", new DateTimeOffset(timer.FireAt)),
                var other => throw new InvalidOperationException($"Nothing waits for {other.Describe()}."),
            }),
            .. run.WaitedForEvents.Select(name => new InstanceWait(InstanceWaitKind.ExternalEvent, name, null)),
        ];
    }

    private static HistoryEntry Entry(DateTimeOffset time, HistoryEvent e)
    {
        var kind = e.GetType().Name;
        return e switch
        {
            TaskCompleted x => new(time, kind, x.TaskId, null, null),
            TaskFailed x => new(time, kind, x.TaskId, null, $"{x.Failure.ErrorType}: {x.Failure.ErrorMessage}"),
            TimerFired x => new(time, kind, x.TimerId, null, null),
            EventRaised x => new(time, kind, null, x.Name, null),
            ExecutionSuspended x => new(time, kind, null, null, x.Reason),
            ExecutionResumed x => new(time, kind, null, null, x.Reason),
            TaskScheduled x => new(time, kind, x.Id, x.Name, null),
            SubOrchestrationScheduled x => new(time, kind, x.Id, x.Name, x.InstanceId),
            TimerCreated x => new(time, kind, x.Id, null, x.FireAt.ToString("O", CultureInfo.InvariantCulture)),
            EventSent x => new(time, kind, x.Id, x.Name, x.InstanceId),
            ExecutionCompleted x => new(time, kind, null, x.Status.ToString(), x.Failure is { } f ? $"{f.ErrorType}: {f.ErrorMessage}" : null),
            _ => new(time, kind, null, null, null),
        };
    }
}
