using Microsoft.DurableTask.Client;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Starts orchestrations of cases. An id that is made of the case makes starting one that runs the same as not starting it.
/// </summary>
public sealed class OrchestrationStarter(IDurableTaskClientProvider orchestrations, CaseQueries queries)
{
    /// <returns>False where it runs already.</returns>
    public async Task<bool> StartAsync(CaseReference reference, StartOrchestration start, CancellationToken cancellationToken)
    {
        object input = start.Disclosure is { } disclosure
            ? new ApprovalInput(reference.ToString(), disclosure, start.Request!.Value)
            : new CaseInput(reference.ToString());
        return await orchestrations.GetClient().StartOnceAsync(start.Name, start.InstanceId, input, cancellationToken);
    }

    /// <summary>
    /// Starts each orchestration that should run for the case and does not: it failed, someone ended it, or the engine's store was lost or
    /// replaced.
    /// </summary>
    public async Task StartMissingAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        if (await queries.TimetableAsync(reference, cancellationToken) is not { Case: var state }) return;
        if (state.Stage.IsEnded()) return;

        // A lifecycle that begins starts its own children. One that runs on may have lost some: what failed or was ended it does not start
        // again.
        if (!await StartAsync(reference, CaseOrchestrations.Lifecycle(reference), cancellationToken))
        {
            foreach (var start in CaseOrchestrations.UnderLifecycle(state)) await StartAsync(reference, start, cancellationToken);
        }

        foreach (var start in CaseOrchestrations.Approvals(state)) await StartAsync(reference, start, cancellationToken);
    }
}
