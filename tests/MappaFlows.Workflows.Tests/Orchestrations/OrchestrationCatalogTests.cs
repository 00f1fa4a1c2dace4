using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class OrchestrationCatalogTests
{
    [Fact]
    public void Every_obligation_has_its_steps() => Assert.Equal(
        CaseFeatures.Model.Obligations.Select(kind => kind.Name).Order(),
        OrchestrationCatalog.Services.Select(service => service.Kind.Name).Order());

    [Fact]
    public void Every_step_is_registered_under_its_own_name()
    {
        var registry = new DurableTaskRegistry();
        OrchestrationCatalog.AddTo(registry);

        var names = registry.GetActivities().Select(activity => activity.Key.Name).ToList();
        Assert.All(OrchestrationCatalog.Services.SelectMany(service => service.Steps), step => Assert.Contains(step.Name, names));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
