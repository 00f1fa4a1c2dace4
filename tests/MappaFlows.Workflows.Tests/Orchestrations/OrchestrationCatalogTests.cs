using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class OrchestrationCatalogTests
{
    /// <summary>They have no time: their people have them on their page until they are done.</summary>
    private static readonly ObligationKind[] WithoutClock = [DisclosureObligations.ReviseDisclosure, DisclosureObligations.MakeDisclosure];

    [Fact]
    public void Every_obligation_with_a_clock_has_its_steps() => Assert.Equal(
        CaseFeatures.Model.Obligations.Except(WithoutClock).Select(kind => kind.Name).Order(),
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
