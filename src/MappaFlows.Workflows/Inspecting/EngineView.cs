using MappaFlows.Durable;

namespace MappaFlows.Workflows.Inspecting;

/// <summary>What an administrator sees of whichever engine the host has. The embedded one can be looked into; of the cloud's only the outside shows.</summary>
public sealed class EngineView(IOrchestrationClient client, IOrchestrationAdmin? admin = null)
{
    /// <summary>Whether history, waits and what is out of service can be seen.</summary>
    public bool SeesInside => admin is not null;

    /// <summary>The orchestrations that the product knows, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = KnownNames();

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        if (admin is not null) return await admin.ListAsync(query, cancellationToken);
        var page = await client.GetAllInstancesAsync(
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
        return new([.. page.Values.Select(metadata => new InstanceSummary(metadata, null))], page.ContinuationToken);
    }

    /// <summary>The instance, or null where there is none.</summary>
    public async Task<InstanceDetails?> FindAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        if (admin is not null) return await admin.GetAsync(instanceId, cancellationToken);
        return await client.GetInstanceAsync(instanceId, cancellationToken) is { } metadata ? new(metadata, null, [], []) : null;
    }

    /// <summary>What the engine took out of service, the oldest first; nothing where that cannot be seen.</summary>
    public async Task<IReadOnlyList<ParkedEntry>> ParkedAsync(CancellationToken cancellationToken = default) =>
        admin is null ? [] : await admin.ListParkedAsync(cancellationToken);

    private static List<string> KnownNames()
    {
        var registry = new DurableTaskRegistry();
        WorkflowServices.AddWorkflowTasks(registry);
        return [.. registry.Orchestrators.Keys.Select(name => name.Name).Order(StringComparer.Ordinal)];
    }
}
