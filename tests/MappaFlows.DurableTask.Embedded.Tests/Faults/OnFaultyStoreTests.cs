using MappaFlows.DurableTask.Contract;
using MappaFlows.Testing.Tables;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>
/// The contract on a store whose commits and reads fail before and after they act, come late, twice and out of order. Each test prints its
/// seed.
/// </summary>
[Trait("Category", "Fault")]
public sealed class OnFaultyStoreTests(ITestOutputHelper output) : DurableTaskContract
{
    protected override string EngineName => Engines.Embedded;

    protected override async Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup)
    {
        var seed = FaultSeeds.Take().First();
        output.WriteLine($"seed {seed}");
        return await FaultyHost.StartAsync(setup, Storm.Of(seed));
    }
}
