using MappaFlows.DurableTask.Contract;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Email;
using MappaFlows.Workflows.Orchestrations;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>The product's orchestrations and activities for one of Microsoft's engines, made by the product's own services.</summary>
internal static class ProductTasks
{
    /// <summary>The names of the product's activities, in order.</summary>
    public static IReadOnlyList<string> Activities { get; } =
    [
        .. OrchestrationCatalog.Services.SelectMany(service => service.Steps)
            .Concat(
                [typeof(ReadScreening), typeof(ReadReviews), typeof(ReadApproval), typeof(ReadFollowUp), typeof(ReadExit),
                    typeof(SendQueuedEmails), typeof(VerifyCheckpoint)])
            .Select(activity => activity.Name)
            .Order(StringComparer.Ordinal),
    ];

    public static EngineSetup Of(IServiceProvider services) => new(tasks =>
    {
        var product = new DurableTaskRegistry();
        WorkflowServices.AddWorkflowTasks(product);
        foreach (var (name, create) in product.GetOrchestrators())
            tasks.AddOrchestrator(name, () => create(services));
        foreach (var (name, create) in product.GetActivities())
            tasks.AddActivity(name, _ => create(services));
    });
}

/// <summary>For tests that share the processor badly.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
