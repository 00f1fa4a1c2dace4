using Grpc.Core;
using MappaFlows.Durable;
using Taken = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;
using VendorClient = Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Orchestration;

/// <summary>The port's client over the vendor's, member by member.</summary>
/// <remarks>
/// Where there is no live instance, one host answers NotFound, another FailedPrecondition, others nothing at all
/// (true is then the best that can be said). The port says false for what it can see.
/// </remarks>
/// <param name="find">Finds the vendor's client at each use: whoever holds the port's may have been made before a function brought one.</param>
public sealed class DurableTaskClientAdapter(Func<VendorClient.DurableTaskClient> find) : IOrchestrationClient
{
    public DurableTaskClientAdapter(VendorClient.DurableTaskClient inner)
        : this(() => inner)
    {
    }

    private VendorClient.DurableTaskClient Inner => find();

    public async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        // The vendor's entities have such ids; some of its engines refuse one, others start it and fail over it for ever.
        if (options?.InstanceId?.StartsWith('@') == true)
            throw new ArgumentException("An instance's id must not begin with '@'.", nameof(options));

        try
        {
            return await Inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName.Name, input, options.ToVendor(), cancellationToken);
        }
        catch (Taken)
        {
            throw new OrchestrationAlreadyExistsException(options?.InstanceId ?? "");
        }
    }

    public Task<bool> RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellationToken = default) =>
        ToLiveInstance(Inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellationToken));

    public async Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellationToken) =>
        (await Inner.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs: true, cancellationToken)).ToPort();

    public async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellationToken) =>
        (await Inner.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, cancellationToken)).ToPort();

    public Task<bool> TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellationToken = default) =>
        ToLiveInstance(Inner.TerminateInstanceAsync(instanceId, new VendorClient.TerminateInstanceOptions(output), cancellationToken));

    public Task<bool> SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        ToLiveInstance(Inner.SuspendInstanceAsync(instanceId, reason, cancellationToken));

    public Task<bool> ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) =>
        ToLiveInstance(Inner.ResumeInstanceAsync(instanceId, reason, cancellationToken));

    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        (await Inner.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken))?.ToPort();

    /// <remarks>The vendor cannot filter by name, so a page may hold fewer than asked for, even none, and still not be the last.</remarks>
    public async Task<OrchestrationPage> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellationToken = default)
    {
        var pages = Inner.GetAllInstancesAsync(query.ToVendor()).AsPages(query.ContinuationToken, query.PageSize);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            var named = page.Values.Where(i => query.NamePrefix is null || i.Name.StartsWith(query.NamePrefix, StringComparison.OrdinalIgnoreCase));
            return new OrchestrationPage([.. named.Select(i => i.ToPort())], page.ContinuationToken);
        }

        return new OrchestrationPage([], null);
    }

    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default) =>
        (await Inner.PurgeInstanceAsync(instanceId, cancellationToken)).PurgedInstanceCount > 0;

    public async Task<int> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default) =>
        (await Inner.PurgeAllInstancesAsync(filter.ToVendor(), cancellationToken)).PurgedInstanceCount;

    private static async Task<bool> ToLiveInstance(Task request)
    {
        try
        {
            await request;
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return false;
        }
    }
}
