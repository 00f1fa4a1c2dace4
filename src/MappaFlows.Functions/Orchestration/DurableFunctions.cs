using MappaFlows.Durable;
using MappaFlows.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Options;
using Vendor = Microsoft.DurableTask;
using VendorClient = Microsoft.DurableTask.Client;

namespace MappaFlows.Functions.Orchestration;

/// <summary>
/// Runs every registered orchestrator and activity. The two functions here are patterns:
/// <see cref="RegisteredTasksMetadataProvider"/> tells the host of one function for each registered name.
/// </summary>
public sealed class DurableFunctions(DurableTaskRegistry registry, IOptions<DurableTaskWorkerOptions> options, DurableClientHolder clients)
{
    public const string OrchestratorPattern = "Orchestrator";
    public const string ActivityPattern = "Activity";

    [Function(OrchestratorPattern)]
    public Task<object?> RunOrchestratorAsync([OrchestrationTrigger] Vendor.TaskOrchestrationContext context, FunctionContext function)
    {
        var orchestrator = registry.Orchestrators[context.Name.Name](function.InstanceServices);
        var input = Payload.Read(context.GetInput<object>(), orchestrator.InputType, options.Value.DataConverter);
        return orchestrator.RunAsync(new DurableTaskOrchestrationContext(context), input);
    }

    [Function(ActivityPattern)]
    public Task<object?> RunActivityAsync(
        [ActivityTrigger] object? input,
        string instanceId,
        [DurableClient] VendorClient.DurableTaskClient client,
        FunctionContext function)
    {
        clients.Keep(client);
        var name = function.FunctionDefinition.Name;
        return WordlessException.AroundAsync(() =>
        {
            var activity = registry.Activities[name](function.InstanceServices);
            return activity.RunAsync(new TaskActivityContext(name, instanceId), Payload.Read(input, activity.InputType, options.Value.DataConverter));
        });
    }
}
