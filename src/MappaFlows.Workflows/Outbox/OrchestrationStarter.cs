using MappaFlows.Core.Cases;
using MappaFlows.Durable;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Workflows.Outbox;

/// <summary>Starts orchestrations of cases. An id that is made of the case makes starting one that runs the same as not starting it.</summary>
public sealed class OrchestrationStarter(IOrchestrationClient orchestrations, CaseLedger ledger)
{
    public async Task StartAsync(CaseReference reference, StartOrchestration start, CancellationToken cancellationToken)
    {
        object input = start.Disclosure is { } disclosure
            ? new ApprovalInput(reference.ToString(), disclosure, start.Request!.Value)
            : new CaseInput(reference.ToString());
        try
        {
            await orchestrations.ScheduleNewOrchestrationInstanceAsync(start.Name, input, new(start.InstanceId), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started before: that is what was asked.
        }
    }

    /// <summary>Starts whatever should run for the case and does not: after the engine's store was lost or changed for another.</summary>
    public async Task StartMissingAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        if (await ledger.AgendaAsync(reference, cancellationToken) is not { Case: var @case }) return;
        foreach (var start in Consequences.Standing(@case)) await StartAsync(reference, start, cancellationToken);
    }
}
