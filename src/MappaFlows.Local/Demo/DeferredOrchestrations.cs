using Microsoft.DurableTask.Client;

namespace MappaFlows.Local.Demo;

/// <summary>
/// Starts and wakes nothing while the demo's past is being made, since an orchestration would act by the present clock. What is to be
/// started stays in each case's outbox, where the first sweep finds it.
/// </summary>
internal sealed class DeferredOrchestrations : IDurableTaskClientProvider
{
    public DurableTaskClient GetClient(string? name = null) =>
        throw new InvalidOperationException("Orchestrations start with the engine, after the demo's past was told.");
}
