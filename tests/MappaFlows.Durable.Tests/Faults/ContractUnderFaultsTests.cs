using MappaFlows.Testing.Durable;
using MappaFlows.Testing.Tables;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>The whole contract on a store whose commits and reads fail before and after they act, come late, twice and out of order. Each test prints its seed.</summary>
public sealed class ContractUnderFaultsTests(ITestOutputHelper output) : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register)
    {
        var seed = FaultSeeds.Take().First();
        output.WriteLine($"seed {seed}");
        return await FaultyHost.StartAsync(register, Storm.Of(seed));
    }
}
