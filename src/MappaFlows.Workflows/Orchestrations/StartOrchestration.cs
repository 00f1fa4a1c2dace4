using System.Text.Json.Serialization;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Starts an orchestration of the case.</summary>
public sealed record StartOrchestration(string Name, string InstanceId, int? Disclosure = null, int? Request = null) : OutboxItem
{
    /// <summary>Its <see cref="OutboxItem.Kind"/>.</summary>
    public const string KindName = "start";

    [JsonIgnore]
    public override string Kind => KindName;
}

/// <inheritdoc cref="StartOrchestration"/>
public sealed class StartOrchestrationHandler(OrchestrationStarter starter) : OutboxHandler<StartOrchestration>(StartOrchestration.KindName)
{
    protected override async Task<bool> HandleAsync(string streamId, StartOrchestration item, CancellationToken cancellationToken)
    {
        await starter.StartAsync(CaseReference.Parse(streamId), item, cancellationToken);
        return true;
    }
}
