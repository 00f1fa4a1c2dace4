using MappaFlows.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Orchestration;

/// <summary>
/// Runs every registered orchestrator and activity. The two functions here are patterns:
/// <see cref="RegisteredTasksMetadataProvider"/> reports one function to the host for each registered name.
/// </summary>
public sealed class DurableFunctions(DurableTaskRegistry registry, IOptions<DurableTaskWorkerOptions> options, DurableClientHolder clients)
{
    public const string OrchestratorPattern = "Orchestrator";
    public const string ActivityPattern = "Activity";

    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>> _orchestrators =
        registry.GetOrchestrators().ToDictionary();
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskActivity>> _activities = registry.GetActivities().ToDictionary();

    [Function(OrchestratorPattern)]
    public Task<object?> RunOrchestratorAsync([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function)
    {
        var orchestrator = _orchestrators[context.Name](function.InstanceServices);
        return orchestrator.RunAsync(
            context,
            TaskInput.Read(context.GetInput<object>(), orchestrator.InputType, options.Value.DataConverter));
    }

    [Function(ActivityPattern)]
    public Task<object?> RunActivityAsync(
        [ActivityTrigger] object? input,
        string instanceId,
        [DurableClient] DurableTaskClient client,
        FunctionContext function)
    {
        clients.Keep(client);
        var name = new TaskName(function.FunctionDefinition.Name);
        return RedactedException.WrapAsync(() =>
        {
            var activity = _activities[name](function.InstanceServices);
            return activity.RunAsync(
                new ActivityContext(name, instanceId),
                TaskInput.Read(input, activity.InputType, options.Value.DataConverter));
        });
    }

    private sealed class ActivityContext(TaskName name, string instanceId) : TaskActivityContext
    {
        public override TaskName Name => name;

        public override string InstanceId => instanceId;
    }
}
