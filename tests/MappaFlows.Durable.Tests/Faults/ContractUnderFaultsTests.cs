using MappaFlows.Testing.Durable;
using MappaFlows.Testing.Tables;

namespace MappaFlows.Durable.Tests.Faults;

/// <summary>
/// The whole contract on a store whose commits fail before and after they act, come late, twice and out of order, and whose reads are
/// slow. Each test prints its seed.
/// </summary>
public sealed class ContractUnderFaultsTests(ITestOutputHelper output) : OrchestrationContract
{
    private static readonly Dictionary<Fault, double> CommitFaults = new()
    {
        [Fault.FailBefore] = 0.03,
        [Fault.FailAfter] = 0.03,
        [Fault.Delay] = 0.05,
        [Fault.Double] = 0.05,
        [Fault.Reorder] = 0.02,
    };

    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register)
    {
        var seed = FaultSeeds.Take().First();
        output.WriteLine($"seed {seed}");
        var commits = FaultPlan.Seeded(seed, CommitFaults);
        // A reader is told at once that the store is away; that it then asks again is its own affair, and not the engine's.
        var reads = FaultPlan.Seeded(seed, new Dictionary<Fault, double> { [Fault.Delay] = 0.05 });
        var plan = FaultPlan.Of(call => (call.Operation == StoreOperation.Commit ? commits : reads).FaultFor(call));
        return await SqliteHost.StartAsync(register, decorate: store => new FaultyTableStore(store, plan));
    }
}
