using MappaFlows.Testing.Azurite;
using MappaFlows.Testing.Tables;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MappaFlows.Tables.Tests;

/// <summary>The contract on Azurite, over HTTP.</summary>
public sealed class AzuriteContractTests(AzuriteFixture azurite) : TableStoreContract
{
    protected override ITableStore Store { get; } = AzureTableStore.FromConnectionString(azurite.ConnectionString);
}
