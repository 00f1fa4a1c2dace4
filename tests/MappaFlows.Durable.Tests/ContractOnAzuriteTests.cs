using MappaFlows.Tables;
using MappaFlows.Testing.Azurite;
using MappaFlows.Testing.Durable;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.Durable.Tests;

/// <summary>The contract on Azure Tables as Azurite has them, over HTTP.</summary>
public sealed class ContractOnAzuriteTests(AzuriteFixture azurite) : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register) =>
        await EmbeddedHost.StartAsync(
            AzureTableStore.FromConnectionString(azurite.ConnectionString),
            register,
            // Each test has a table of its own.
            o => o.TableNamePrefix = "T" + Guid.NewGuid().ToString("N")[..20]);
}
