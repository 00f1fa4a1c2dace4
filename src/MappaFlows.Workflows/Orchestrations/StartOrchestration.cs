namespace MappaFlows.Workflows.Orchestrations;

/// <summary>Starts an orchestration of the case.</summary>
public sealed record StartOrchestration(string Name, string InstanceId, int? Disclosure = null, int? Request = null) : OutboxItem;

/// <inheritdoc cref="StartOrchestration"/>
public sealed class StartOrchestrationHandler(OrchestrationStarter starter) : OutboxHandler<StartOrchestration>
{
    protected override async Task<bool> HandleAsync(string streamId, StartOrchestration item, CancellationToken cancellationToken)
    {
        await starter.StartAsync(CaseReference.Parse(streamId), item, cancellationToken);
        return true;
    }
}
