using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.Extensions.Options;
using CoreHistoryEvent = DurableTask.Core.History.HistoryEvent;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace MappaFlows.DurableTask.Embedded.Client;

/// <summary>The SDK's client of the embedded engine. Works on the host with the lease and on one that stands by.</summary>
/// <remarks>A message to an instance that does not exist, or has ended, is dropped without an error, as the SDK's own engines do.</remarks>
public sealed class EmbeddedDurableTaskClient : DurableTaskClient
{
    private const int MaxTagsBytes = 16 * 1024;

    private readonly EmbeddedEngine _engine;
    private readonly DurableTaskClientOptions _options;
    private readonly Payloads _payloads;
    private readonly InstanceSearch _search;

    /// <param name="name">The client's name in the container.</param>
    public EmbeddedDurableTaskClient(string name, EmbeddedEngine engine, IOptionsMonitor<DurableTaskClientOptions> options)
        : base(name)
    {
        _engine = engine;
        _options = options.Get(name);
        if (_options.EnableEntitySupport)
            throw new NotSupportedException("The embedded backend does not support entities.");
        _payloads = new Payloads(_options.DataConverter, engine.Options.MaxPayloadBytes);
        _search = new InstanceSearch(engine);
    }

    public override DurableEntityClient Entities => throw new NotSupportedException("The embedded backend does not support entities.");

    /// <summary>Starts an orchestration. Completes when the start is durable.</summary>
    /// <remarks>Without dedupe statuses an id is refused while its instance has not ended, as on Durable Functions.</remarks>
    /// <exception cref="OrchestrationAlreadyExistsException">An instance with the id has one of the dedupe statuses.</exception>
    /// <exception cref="ArgumentException">A name, id, tag or status cannot be used.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        Names.Checked(orchestratorName.Name, "An orchestrator's name");
        // In the order of time: rows of instances that run together then lie together in the store, and a commit touches few of its pages.
        var isOfNewId = string.IsNullOrEmpty(options?.InstanceId);
        var id = isOfNewId ? Guid.CreateVersion7().ToString("N") : Names.CheckedId(options!.InstanceId!);
        var version = options?.Version is { } given ? given.Version : _options.DefaultVersion;
        var payload = _payloads.Serialize(input, $"The input of orchestration '{orchestratorName}'");
        var start = new StartMessage(orchestratorName.Name, payload, version, Guid.NewGuid(), options?.StartAt, null)
        {
            IsOfNewId = isOfNewId,
            Dedupe = Dedupe(options?.DedupeStatuses),
            Tags = CheckedTags(options?.Tags),
        };
        return await _engine.SendAsync(id, start, cancellation) == Receipt.AlreadyExists
            ? throw new OrchestrationAlreadyExistsException($"An orchestration with the id '{id}' exists already.")
            : id;
    }

    public override Task RaiseEventAsync(
        string instanceId,
        string eventName,
        object? eventPayload = null,
        CancellationToken cancellation = default)
    {
        var payload = _payloads.Serialize(eventPayload, $"The event '{eventName}'");
        return SendAsync(instanceId, new EventMessage(Names.Checked(eventName, "An event's name"), payload), cancellation);
    }

    /// <summary>Waits until the instance has left Pending; without end where there is none.</summary>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, status => status != OrchestrationRuntimeStatus.Pending, cancellation);

    /// <summary>Waits until the instance has ended; without end where there is none.</summary>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, status => !Head.IsLiveIn(status), cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId,
        TerminateInstanceOptions? options = null,
        CancellationToken cancellation = default) =>
        SendAsync(instanceId, new TerminateMessage(_payloads.Serialize(options?.Output, "The output"), options?.Recursive ?? false), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new SuspendMessage(Names.Readable(reason)), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ResumeMessage(Names.Readable(reason)), cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await HeadAsync(instanceId, cancellation))?.ToMetadata(Converter(getInputsAndOutputs));

    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        var query = new SearchQuery
        {
            InstanceIdPrefix = filter.InstanceIdPrefix,
            Statuses = filter.Statuses?.ToHashSet(),
            CreatedFrom = filter.CreatedFrom,
            CreatedTo = filter.CreatedTo,
        };
        return Pageable.Create(async (continuation, pageSize, cancellation) =>
        {
            var (heads, token) = await _search.FindAsync(
                query,
                continuation ?? filter.ContinuationToken,
                pageSize ?? filter.PageSize,
                cancellation);
            return new Page<OrchestrationMetadata>(
                [.. heads.Select(head => head.ToMetadata(Converter(filter.FetchInputsAndOutputs)))],
                token);
        });
    }

    /// <summary>The ids of ended instances, page by page; the page's token is the last id.</summary>
    public override async Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        var query = new SearchQuery
        {
            Statuses = runtimeStatus?.ToHashSet() is { Count: > 0 } statuses ? statuses : null,
            EndedFrom = completedTimeFrom,
            EndedTo = completedTimeTo,
            IsEnded = true,
        };
        var (heads, token) = await _search.FindAsync(
            query,
            string.IsNullOrEmpty(lastInstanceKey) ? null : lastInstanceKey,
            pageSize,
            cancellation);
        return new Page<string>([.. heads.Select(head => head.InstanceId)], token);
    }

    /// <summary>Removes an ended instance, and on request those that it started.</summary>
    /// <exception cref="InvalidOperationException">The instance has not ended.</exception>
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await PurgeAsync(Names.CheckedId(instanceId), options?.Recursive ?? false, cancellation), isComplete: true);

    /// <summary>Removes the ended instances that match. Stops early, and says so, when the filter's time is over.</summary>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        if (filter.Timeout is { } timeout)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(filter));
        var began = _engine.Options.HostTime.GetTimestamp();
        var query = new SearchQuery
        {
            CreatedFrom = filter.CreatedFrom,
            CreatedTo = filter.CreatedTo,
            Statuses = filter.Statuses?.ToHashSet() is { Count: > 0 } statuses ? statuses : null,
            IsEnded = true,
        };
        var purged = 0;
        string? token = null;
        do
        {
            (var heads, token) = await _search.FindAsync(query, token, OrchestrationQuery.DefaultPageSize, cancellation);
            foreach (var head in heads)
            {
                if (filter.Timeout is { } limit && _engine.Options.HostTime.GetElapsedTime(began) >= limit)
                    return new PurgeResult(purged, isComplete: false);
                purged += await PurgeAsync(head.InstanceId, options?.Recursive ?? false, cancellation, isOptional: true);
            }
        }
        while (token is not null);
        return new PurgeResult(purged, isComplete: true);
    }

    /// <summary>Runs an ended instance again from its recorded input: under its own id, whose history goes, or under a new one.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">The instance has not ended, and the id was to be kept.</exception>
    public override async Task<string> RestartAsync(
        string instanceId,
        bool restartWithNewInstanceId = false,
        CancellationToken cancellation = default)
    {
        var head = await HeadAsync(Names.CheckedId(instanceId), cancellation)
            ?? throw new ArgumentException($"There is no orchestration with the id '{instanceId}'.", nameof(instanceId));
        if (restartWithNewInstanceId)
        {
            var id = Guid.CreateVersion7().ToString("N");
            var start = new StartMessage(
                head.Name,
                head.Input,
                head.Version,
                Guid.NewGuid(),
                null,
                null)
            { IsOfNewId = true, Tags = head.Tags };
            await _engine.SendAsync(id, start, cancellation);
            return id;
        }
        if (head.IsLive)
            throw new InvalidOperationException($"The orchestration '{instanceId}' has not ended, so it cannot be restarted.");
        await _engine.SendAsync(instanceId, new RetryMessage(), cancellation);
        return instanceId;
    }

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        throw new NotSupportedException("The embedded backend does not support rewind. Restart the instance instead.");

    /// <summary>What happened in the current run, in order.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    public override async Task<IList<CoreHistoryEvent>> GetOrchestrationHistoryAsync(
        string instanceId,
        CancellationToken cancellation = default)
    {
        var head = await HeadAsync(Names.CheckedId(instanceId), cancellation)
            ?? throw new ArgumentException($"There is no orchestration with the id '{instanceId}'.", nameof(instanceId));
        var (turns, _) = await TurnRows.ReadAsync(_engine.Store, _engine.Options.Table, instanceId, head.Generation, cancellation);
        return HistoryExport.Of(head, turns);
    }

    /// <summary>The engine belongs to the host, so there is nothing to release.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DataConverter? Converter(bool withPayloads) => withPayloads ? _options.DataConverter : null;

    private Task<Head?> HeadAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return _engine.Post.HeadAsync(instanceId, cancellation);
    }

    private Task SendAsync(string instanceId, Message message, CancellationToken cancellation) =>
        _engine.SendAsync(Names.CheckedId(instanceId), message, cancellation);

    private async Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellation, bool isOptional = false)
    {
        var children = recursive ? await _search.ChildrenAsync(instanceId, cancellation) : [];
        switch (await _engine.SendAsync(instanceId, new PurgeMessage(), cancellation))
        {
            case Receipt.NotEnded when !isOptional:
                throw new InvalidOperationException($"The orchestration '{instanceId}' has not ended. Terminate it first.");
            case Receipt.Accepted:
                var purged = 1;
                foreach (var child in children)
                    purged += await PurgeAsync(child, recursive, cancellation, isOptional: true);
                return purged;
            default:
                return 0;
        }
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool withPayloads, Func<OrchestrationRuntimeStatus, bool> isAwaited, CancellationToken cancellation)
    {
        Names.CheckedId(instanceId);
        using var waiter = _engine.Waiters.Add(instanceId, isAwaited);
        while (true)
        {
            if (await HeadAsync(instanceId, cancellation) is { } stored && isAwaited(stored.Status))
                return stored.ToMetadata(Converter(withPayloads));
            if (_engine.IsActive)
                await waiter.Change.WaitAsync(cancellation);
            else
                await Task.WhenAny(waiter.Change, Task.Delay(_engine.Options.PollInterval, _engine.Options.HostTime, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (!waiter.Change.IsCompleted)
                continue;
            if (await waiter.Change is { } head)
                return head.ToMetadata(Converter(withPayloads));
            waiter.Renew();
        }
    }

    private static IReadOnlyList<OrchestrationRuntimeStatus> Dedupe(IReadOnlyList<string>? statuses) => statuses is null
        ? StartMessage.NotEnded
        : [.. statuses.Select(text =>
            Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw new ArgumentException($"'{text}' is not a status of an orchestration.", nameof(statuses)))];

    private static IReadOnlyDictionary<string, string>? CheckedTags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 })
            return null;
        var size = 0;
        foreach (var (key, value) in tags)
        {
            Names.Checked(key, "A tag's name");
            if (value.Length > 0)
                Names.Checked(value, "A tag's value");
            size += 3 * (key.Length + value.Length);
        }
        return size <= MaxTagsBytes ? tags : throw new PayloadTooLargeException("The tags", size, MaxTagsBytes);
    }
}
