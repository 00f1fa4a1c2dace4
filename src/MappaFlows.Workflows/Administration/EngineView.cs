using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Administration;

/// <summary>
/// What an administrator sees of the host's engine. The embedded one shows its inside; of the cloud's only the outside shows.
/// </summary>
public sealed class EngineView(IDurableTaskClientProvider clients, IEngineOperations? operations = null)
{
    /// <summary>Whether history, waits and what is out of service can be seen.</summary>
    public bool SeesInside => operations is not null;

    /// <summary>The orchestrations that the product knows, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = KnownNames();

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        if (operations is not null) return await operations.ListAsync(query, cancellationToken);
        var filter = new OrchestrationQuery(
            query.CreatedFrom, query.CreatedTo, query.Statuses, InstanceIdPrefix: query.InstanceIdPrefix, PageSize: query.PageSize);
        await foreach (
            var page in clients.GetClient().GetAllInstancesAsync(filter).AsPages(query.ContinuationToken,
                query.PageSize).WithCancellation(cancellationToken))
        {
            // The client cannot filter by name, so a page may hold fewer than asked for, even none, and still not be the last.
            var named = page.Values.Where(
                instance => query.NamePrefix is null || instance.Name.StartsWith(query.NamePrefix, StringComparison.OrdinalIgnoreCase));
            return new([.. named.Select(metadata => new InstanceSummary(metadata, null))], page.ContinuationToken);
        }

        return new([], null);
    }

    /// <summary>The instance, or null where there is none.</summary>
    public async Task<InstanceDetails?> FindAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        if (operations is not null) return await operations.FindAsync(instanceId, cancellationToken);
        return await clients.GetClient().GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } metadata
            ? new(metadata, null, [], [])
            : null;
    }

    /// <summary>What the engine took out of service, the oldest first; nothing where that cannot be seen.</summary>
    public async Task<IReadOnlyList<QuarantinedEntry>> QuarantinedAsync(CancellationToken cancellationToken = default) =>
        operations is null ? [] : await operations.ListQuarantinedAsync(cancellationToken);

    /// <summary>The orchestrations whose code holds its thread now; nothing where that cannot be seen.</summary>
    public IReadOnlyList<BlockedOrchestration> Blocked => operations?.ListBlocked() ?? [];

    private static List<string> KnownNames()
    {
        var registry = new DurableTaskRegistry();
        WorkflowServices.AddWorkflowTasks(registry);
        return [.. registry.GetOrchestrators().Select(task => task.Key.Name).Order(StringComparer.Ordinal)];
    }
}
