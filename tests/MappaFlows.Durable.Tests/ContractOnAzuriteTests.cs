using MappaFlows.Tables;
using MappaFlows.Testing.Azurite;
using MappaFlows.Testing.Durable;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.Durable.Tests;

/// <summary>The contract on Azure Tables as Azurite has them, over HTTP.</summary>
public sealed class ContractOnAzuriteTests(AzuriteFixture azurite) : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register)
    {
        // Each test has a table of its own; a host that follows another in a test has the same one.
        var prefix = "T" + Guid.NewGuid().ToString("N")[..20];
        return await EmbeddedHost.StartAsync(
            AzureTableStore.FromConnectionString(azurite.ConnectionString), register, o => o.TableNamePrefix = prefix);
    }
}
