using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Contract.Microsoft;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The contract on Microsoft's engine in memory.</summary>
public sealed class OnInProcessTestHostTests : DurableTaskContract
{
    protected override string EngineName => Engines.InProcessTestHost;

    protected override Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup) => InProcessEngine.StartAsync(setup);
}
