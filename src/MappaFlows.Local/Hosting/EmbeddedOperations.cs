using MappaFlows.DurableTask.Embedded.Operations;
using BlockedOrchestration = MappaFlows.Workflows.Administration.BlockedOrchestration;
using HistoryEntry = MappaFlows.Workflows.Administration.HistoryEntry;
using InstanceDetails = MappaFlows.Workflows.Administration.InstanceDetails;
using InstancePage = MappaFlows.Workflows.Administration.InstancePage;
using InstanceQuery = MappaFlows.Workflows.Administration.InstanceQuery;
using InstanceSummary = MappaFlows.Workflows.Administration.InstanceSummary;
using InstanceWait = MappaFlows.Workflows.Administration.InstanceWait;
using InstanceWaitKind = MappaFlows.Workflows.Administration.InstanceWaitKind;
using QuarantinedEntry = MappaFlows.Workflows.Administration.QuarantinedEntry;

namespace MappaFlows.Local.Hosting;

/// <summary>
/// Gives the pages of an administrator what the embedded backend reports. The product knows no backend, so it has records of its own.
/// </summary>
internal sealed class EmbeddedOperations(IOrchestrationOperations operations) : IEngineOperations
{
    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        var page = await operations.ListAsync(
            new()
            {
                NamePrefix = query.NamePrefix,
                InstanceIdPrefix = query.InstanceIdPrefix,
                Statuses = query.Statuses,
                CreatedFrom = query.CreatedFrom,
                CreatedTo = query.CreatedTo,
                PageSize = query.PageSize,
                ContinuationToken = query.ContinuationToken,
            },
            cancellationToken);
        return new([.. page.Values.Select(instance => new InstanceSummary(instance.Metadata, instance.WaitsFor))], page.ContinuationToken);
    }

    public async Task<InstanceDetails?> FindAsync(string instanceId, CancellationToken cancellationToken = default) =>
        await operations.GetAsync(instanceId, cancellationToken) is not { } found ? null : new(
            found.Metadata,
            found.Parent?.InstanceId,
            [.. found.History.Select(entry => new HistoryEntry(entry.Time, entry.Kind, entry.TaskId, entry.Subject, entry.Detail))],
            [.. found.Waits.Select(wait => new InstanceWait(Enum.Parse<InstanceWaitKind>(wait.Kind.ToString()), wait.Name, wait.DueAt))]);

    public async Task<IReadOnlyList<QuarantinedEntry>> ListQuarantinedAsync(CancellationToken cancellationToken = default) =>
    [
        .. (await operations.ListQuarantinedAsync(cancellationToken))
            .Select(
                entry => new QuarantinedEntry(entry.Key, entry.InstanceId, entry.Reason, entry.Attempts, entry.Since, entry.LastFailedAt)),
    ];

    public Task<bool> RetryQuarantinedAsync(string key, CancellationToken cancellationToken = default) =>
        operations.RetryQuarantinedAsync(key, cancellationToken);

    public Task<bool> DiscardQuarantinedAsync(string key, CancellationToken cancellationToken = default) =>
        operations.DiscardQuarantinedAsync(key, cancellationToken);

    public IReadOnlyList<BlockedOrchestration> ListBlocked() =>
        [.. operations.ListBlocked().Select(blocked => new BlockedOrchestration(blocked.InstanceId, blocked.Name, blocked.For))];
}
