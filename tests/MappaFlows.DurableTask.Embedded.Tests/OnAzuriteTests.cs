using MappaFlows.DurableTask.Contract;
using MappaFlows.Tables;
using MappaFlows.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The contract on Azure Tables as Azurite has them, over HTTP.</summary>
[Trait("Category", "Azurite")]
public sealed class OnAzuriteTests(AzuriteFixture azurite) : DurableTaskContract
{
    protected override string EngineName => Engines.Embedded;

    protected override async Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup)
    {
        // Each test has a table of its own; a host that follows another in a test has the same one.
        var prefix = "T" + Guid.NewGuid().ToString("N")[..20];
        return await EmbeddedHost.StartAsync(
            AzureTableStore.FromConnectionString(azurite.ConnectionString), setup, options => options.TableNamePrefix = prefix);
    }
}
