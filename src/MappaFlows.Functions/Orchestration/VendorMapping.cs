using MappaFlows.Durable;
using Vendor = Microsoft.DurableTask;
using VendorClient = Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Orchestration;

/// <summary>The port's records as the vendor's, and back. Field by field; nothing is decided here.</summary>
internal static class VendorMapping
{
    public static Vendor.TaskOptions? ToVendor(this TaskOptions? options) => options switch
    {
        null => null,
        SubOrchestrationOptions sub => new Vendor.SubOrchestrationOptions(sub.Retry.ToVendor(), sub.InstanceId),
        _ => new Vendor.TaskOptions(options.Retry.ToVendor()),
    };

    public static Vendor.StartOrchestrationOptions ToVendor(this StartOrchestrationOptions? options)
    {
        var vendor = new Vendor.StartOrchestrationOptions(options?.InstanceId, options?.StartAt)
        {
            Version = options?.Version is { } version ? new Vendor.TaskVersion(version) : (Vendor.TaskVersion?)null,
        };

        // Without these the plain SDK replaces an instance that still runs.
        return VendorClient.StartOrchestrationOptionsExtensions.WithDedupeStatuses(
            vendor,
            VendorClient.OrchestrationRuntimeStatus.Pending,
            VendorClient.OrchestrationRuntimeStatus.Running,
            VendorClient.OrchestrationRuntimeStatus.Suspended);
    }

    public static VendorClient.OrchestrationQuery ToVendor(this OrchestrationQuery query) => new(
        query.CreatedFrom,
        query.CreatedTo,
        query.Statuses?.Select(ToVendor).ToArray(),
        InstanceIdPrefix: query.InstanceIdPrefix,
        PageSize: query.PageSize,
        FetchInputsAndOutputs: true,
        ContinuationToken: query.ContinuationToken);

    /// <remarks>A time from which is always given: there is an engine of the vendor's that fails without one. Nothing is older than this one.</remarks>
    public static VendorClient.PurgeInstancesFilter ToVendor(this PurgeInstancesFilter filter) =>
        new(filter.CreatedFrom ?? DateTimeOffset.UnixEpoch, filter.CreatedTo, filter.Statuses?.Select(ToVendor).ToArray());

    public static OrchestrationMetadata ToPort(this VendorClient.OrchestrationMetadata metadata) => new(metadata.Name, metadata.InstanceId)
    {
        RuntimeStatus = metadata.RuntimeStatus.ToPort(),
        CreatedAt = metadata.CreatedAt,
        LastUpdatedAt = metadata.LastUpdatedAt,
        SerializedInput = metadata.SerializedInput,
        SerializedOutput = metadata.SerializedOutput,
        SerializedCustomStatus = metadata.SerializedCustomStatus,
        FailureDetails = metadata.FailureDetails.ToPort(),
    };

    /// <remarks>A sub-orchestration that was terminated fails without details.</remarks>
    public static TaskFailedException ToPort(this Vendor.TaskFailedException failure) =>
        new(failure.TaskName, failure.TaskId, failure.FailureDetails.ToPort() ?? new TaskFailureDetails("", failure.Message, null, null));

    public static TaskFailureDetails? ToPort(this Vendor.TaskFailureDetails? details) => details is null
        ? null
        : new TaskFailureDetails(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure.ToPort());

    public static ParentOrchestrationInstance? ToPort(this Vendor.ParentOrchestrationInstance? parent) =>
        parent is null ? null : new ParentOrchestrationInstance(parent.Name.Name, parent.InstanceId);

    private static Vendor.TaskRetryOptions? ToVendor(this RetryPolicy? policy) => policy is null
        ? null
        : Vendor.TaskRetryOptions.FromRetryPolicy(new Vendor.RetryPolicy(
            policy.MaxNumberOfAttempts,
            policy.FirstRetryInterval,
            policy.BackoffCoefficient,
            policy.MaxRetryInterval,
            policy.RetryTimeout));

    private static VendorClient.OrchestrationRuntimeStatus ToVendor(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Running => VendorClient.OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Completed => VendorClient.OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed => VendorClient.OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => VendorClient.OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Pending => VendorClient.OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Suspended => VendorClient.OrchestrationRuntimeStatus.Suspended,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    // By name: the vendor's enum has members that are retired, and their numbers differ from the port's.
    private static OrchestrationRuntimeStatus ToPort(this VendorClient.OrchestrationRuntimeStatus status) =>
        Enum.Parse<OrchestrationRuntimeStatus>(status.ToString());
}
