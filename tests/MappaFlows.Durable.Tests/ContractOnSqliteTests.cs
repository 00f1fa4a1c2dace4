using MappaFlows.Testing.Durable;

namespace MappaFlows.Durable.Tests;

/// <summary>The contract on SQLite, as the product runs.</summary>
public sealed class ContractOnSqliteTests : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register) => await SqliteHost.StartAsync(register);
}

/// <summary>The contract with every instance forgotten and replayed from the store after every await.</summary>
public sealed class ContractReplayedAfterEveryAwaitTests : OrchestrationContract
{
    protected override async Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register) =>
        await SqliteHost.StartAsync(register, o => o.ReplayAfterEveryAwait = true);
}
