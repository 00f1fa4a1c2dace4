using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Wakes an orchestration, so that it looks at the case again. It carries nothing.</summary>
public sealed record SignalOrchestration(string InstanceId) : OutboxItem
{
    /// <summary>Its <see cref="OutboxItem.Kind"/>.</summary>
    public const string KindName = "signal";

    [JsonIgnore]
    public override string Kind => KindName;
}

/// <inheritdoc cref="SignalOrchestration"/>
public sealed class SignalOrchestrationHandler(
    IDurableTaskClientProvider orchestrations) : OutboxHandler<SignalOrchestration>(SignalOrchestration.KindName)
{
    protected override async Task<bool> HandleAsync(string streamId, SignalOrchestration item, CancellationToken cancellationToken)
    {
        await orchestrations.GetClient().WakeAsync(item.InstanceId, cancellationToken);
        return true;
    }
}
