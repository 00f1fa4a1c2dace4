using MappaFlows.DurableTask.Contract;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The contract on SQLite, as the product runs.</summary>
public sealed class OnSqliteTests : DurableTaskContract
{
    protected override string EngineName => Engines.Embedded;

    protected override async Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup) => await SqliteEngine.StartAsync(setup);
}

/// <summary>The contract with every instance forgotten after each turn and replayed from the store, and one message a turn.</summary>
public sealed class ReplayedAfterEveryAwaitTests : DurableTaskContract
{
    protected override string EngineName => Engines.Embedded;

    protected override async Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup) =>
        await SqliteEngine.StartAsync(setup, options => options.ReplayAfterEveryAwait = true);
}
