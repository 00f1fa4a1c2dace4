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

    /// <summary>Lets every orchestration of the case look again, and starts those that are missing.</summary>
    public async Task LookAgainAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        if (await queries.TimetableAsync(reference, cancellationToken) is not { } timetable) return;
        var state = timetable.Case;
        StartOrchestration[] own = state.Stage.IsEnded()
            ? []
            : [.. CaseOrchestrations.UnderLifecycle(state), .. CaseOrchestrations.Approvals(state)];
        if (own.Length == 0 && !CaseOrchestrations.FollowUps(timetable).Any()) return;
        await StartMissingAsync(reference, cancellationToken);
        foreach (var orchestration in own.Concat(CaseOrchestrations.FollowUps(timetable)))
            await orchestrations.GetClient().WakeAsync(orchestration.InstanceId, cancellationToken);
    }

    /// <summary>
    /// Starts each orchestration that should run for the case and does not: it failed, someone ended it, or the engine's store was lost or
    /// replaced.
    /// </summary>
    public async Task StartMissingAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        if (await queries.TimetableAsync(reference, cancellationToken) is not { Case: var state } timetable) return;

        // An approval may outlive its case.
        foreach (var start in CaseOrchestrations.FollowUps(timetable)) await StartAsync(reference, start, cancellationToken);
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
