using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Administration;

/// <summary>
/// What an administrator sees of the host's engine. The embedded one shows its inside; of the cloud's only the outside shows.
/// </summary>
public sealed class EngineView(IDurableTaskClientProvider clients, SetAsideItems setAside, IEngineOperations? operations = null)
{
    private const int MaxSetAside = 500;

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

    /// <summary>
    /// What is out of service, the oldest first: what the engine took, where that can be seen, and what was set aside of the outboxes.
    /// </summary>
    public async Task<IReadOnlyList<QuarantinedEntry>> QuarantinedAsync(CancellationToken cancellationToken = default)
    {
        var inEngine = operations is null ? [] : await operations.ListQuarantinedAsync(cancellationToken);
        var items = await setAside.ListAsync(MaxSetAside, cancellationToken);
        return [.. inEngine.Concat(items.Select(Of)).OrderBy(entry => entry.Since)];
    }

    private static QuarantinedEntry Of(SetAsideItem item) =>
        new(item.Key, InstanceId: null, $"It failed with {item.Why}. See the log.", item.Failures, item.Since, item.At)
        {
            What = $"The {item.Kind} item of {item.Stream.Id}",
        };

    /// <summary>The orchestrations whose code holds its thread now; nothing where that cannot be seen.</summary>
    public IReadOnlyList<BlockedOrchestration> Blocked => operations?.ListBlocked() ?? [];

    private static List<string> KnownNames()
    {
        var registry = new DurableTaskRegistry();
        WorkflowServices.AddWorkflowTasks(registry);
        return [.. registry.GetOrchestrators().Select(task => task.Key.Name).Order(StringComparer.Ordinal)];
    }
}
