using MappaFlows.Durable;
using MappaFlows.Testing.Durable;

namespace MappaFlows.Functions.Tests.Engine;

/// <summary>The contract on the vendor's own engine: what our orchestrations rely on, it keeps too.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ContractOnVendorEngineTests : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register) => await VendorHost.StartAsync(register);
}
