using MappaFlows.Durable.Engine.Storage;
using MappaFlows.Tables;

namespace MappaFlows.Durable.Engine;

/// <summary>The client of the embedded engine. Works on the host with the lease and on one that stands by.</summary>
internal sealed class EngineClient(DurableEngine engine) : IOrchestrationClient
{
    private const int MaxPageSize = 1000;

    // Scanning goes on in another request after so many rows, for a filter may match next to nothing.
    private const int MaxScanned = 10_000;

    private int Limit => engine.Options.MaxPayloadBytes;

    public async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(orchestratorName.Name);
        // In the order of time: rows of instances that run together then lie together in the store, and a commit touches few of its pages.
        var isOfNewId = string.IsNullOrEmpty(options?.InstanceId);
        var id = isOfNewId ? Guid.CreateVersion7().ToString("N") : InstanceIds.Checked(options!.InstanceId!);
        var json = DurableJson.Serialize(input, Limit, $"The input of orchestration '{orchestratorName}'");
        var start = new StartMessage(orchestratorName.Name, json, options?.Version ?? "", Guid.NewGuid(), options?.StartAt, null) { IsOfNewId = isOfNewId };
        return await engine.SendAsync(id, start, cancellationToken) == Receipt.AlreadyExists
            ? throw new OrchestrationAlreadyExistsException(id)
            : id;
    }

    public async Task<bool> RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var json = DurableJson.Serialize(eventPayload, Limit, $"The event '{eventName}'");
        return await SendAsync(instanceId, new EventMessage(eventName, json), cancellationToken);
    }

    public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellationToken) =>
        WaitAsync(instanceId, status => status != OrchestrationRuntimeStatus.Pending, cancellationToken);

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellationToken) =>
        WaitAsync(instanceId, status => !Head.IsLiveIn(status), cancellationToken);

    public Task<bool> TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellationToken = default) =>
        SendAsync(instanceId, new TerminateMessage(DurableJson.Serialize(output, Limit, "The output")), cancellationToken);

    public Task<bool> SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(instanceId, new SuspendMessage(reason), cancellationToken);

    public Task<bool> ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(instanceId, new ResumeMessage(reason), cancellationToken);

    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        (await engine.Post.HeadAsync(instanceId, cancellationToken))?.ToMetadata();

    public async Task<OrchestrationPage> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken = default)
    {
        var (heads, token) = await FindAsync(query, _ => true, cancellationToken);
        return new([.. heads.Select(h => h.ToMetadata())], token);
    }

    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        await engine.SendAsync(InstanceIds.Checked(instanceId), new PurgeMessage(), cancellationToken) switch
        {
            Receipt.NotEnded => throw new InvalidOperationException($"The orchestration '{instanceId}' has not ended. Terminate it first."),
            var receipt => receipt == Receipt.Accepted,
        };

    public async Task<int> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default)
    {
        var purged = 0;
        var query = new OrchestrationQuery
        {
            CreatedFrom = filter.CreatedFrom,
            CreatedTo = filter.CreatedTo,
            Statuses = filter.Statuses,
        };
        do
        {
            var (heads, token) = await FindAsync(query, head => !head.IsLive, cancellationToken);
            foreach (var head in heads)
            {
                if (await engine.SendAsync(head.InstanceId, new PurgeMessage(), cancellationToken) == Receipt.Accepted)
                    purged++;
            }
            query = query with { ContinuationToken = token };
        }
        while (query.ContinuationToken is not null);
        return purged;
    }

    /// <summary>A page of heads that match. The token is the row after which to go on.</summary>
    public async Task<(List<Head> Heads, string? Token)> FindAsync(
        OrchestrationQuery query, Func<Head, bool> also, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, MaxPageSize);
        var all = RowRange.Prefix(Keys.Heads + Prefix(query.InstanceIdPrefix));
        var from = query.ContinuationToken is { } after ? after + "!" : all.From;
        var found = new List<Head>();
        var scanned = 0;
        while (true)
        {
            var page = await engine.Store.QueryAsync(
                engine.Options.Table, Keys.Partition, new RowRange(from, all.To), TableLimits.EntitiesPerPage, null, cancellationToken);
            foreach (var entity in page.Entities)
            {
                from = entity.Row + "!";
                scanned++;
                var head = Head.From(entity);
                if (Matches(query, head) && also(head))
                    found.Add(head);
                if (found.Count == query.PageSize)
                    return (found, entity.Row);
            }
            if (page.Continuation is null || page.Entities.Count == 0)
                return (found, null);
            if (scanned >= MaxScanned)
                return (found, page.Entities[^1].Row);
        }
    }

    // A prefix that ends within an escape still finds its rows by what is whole of it; Matches does the rest.
    private static string Prefix(string? prefix) => prefix is null ? "" : Keys.Escape(prefix) is var key && key.Contains('~') ? "" : key;

    private static bool Matches(OrchestrationQuery query, Head head) =>
        (query.NamePrefix is null || head.Name.StartsWith(query.NamePrefix, StringComparison.OrdinalIgnoreCase))
        && (query.InstanceIdPrefix is null || head.InstanceId.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))
        && (query.Statuses is null || query.Statuses.Contains(head.Status))
        && (query.CreatedFrom is null || head.CreatedAt >= query.CreatedFrom)
        && (query.CreatedTo is null || head.CreatedAt <= query.CreatedTo);

    private async Task<bool> SendAsync(string instanceId, Message message, CancellationToken cancellationToken) =>
        await engine.SendAsync(InstanceIds.Checked(instanceId), message, cancellationToken) == Receipt.Accepted;

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isAwaited, CancellationToken cancellationToken)
    {
        InstanceIds.Checked(instanceId);
        using var waiter = engine.Waiters.Add(instanceId, isAwaited);
        while (true)
        {
            if (await GetInstanceAsync(instanceId, cancellationToken) is { } metadata && isAwaited(metadata.RuntimeStatus))
                return metadata;
            if (engine.IsActive)
                await waiter.Change.WaitAsync(cancellationToken);
            else
                await Task.WhenAny(waiter.Change, Task.Delay(engine.Options.PollInterval, engine.Options.HostTime, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (!waiter.Change.IsCompleted)
                continue;
            if (await waiter.Change is { } head)
                return head.ToMetadata();
            waiter.Renew();
        }
    }
}
