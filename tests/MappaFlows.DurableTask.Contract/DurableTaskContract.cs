using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

/// <summary>
/// What an orchestration and its callers may rely on, in the types of Microsoft's SDK alone. A class that derives from this one puts an
/// engine to it. Where an engine differs, <see cref="EngineDifferences"/> says how, and the test is skipped with that sentence.
/// </summary>
public abstract partial class DurableTaskContract
{
    /// <summary>A limit and no measure: a busy machine may need it, and a test that passes never does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The engine's name in <see cref="EngineDifferences"/>: one of <see cref="Engines"/>.</summary>
    protected abstract string EngineName { get; }

    /// <summary>Starts an engine on an empty store.</summary>
    protected abstract Task<IDurableTaskEngine> StartEngineAsync(EngineSetup setup);

    /// <summary>How many messages each test of races sends. Fewer where each takes long.</summary>
    protected virtual int ManyMessages => 20;

    private Task<IDurableTaskEngine> StartAsync(Action<DurableTaskRegistry> register) => StartAsync(new EngineSetup(register));

    private Task<IDurableTaskEngine> StartAsync(EngineSetup setup)
    {
        if (EngineDifferences.Of(TestContext.Current.TestMethod!.MethodName, EngineName) is { } difference)
            Assert.Skip(difference.Sentence);
        return StartEngineAsync(setup);
    }

    /// <summary>Skips the test on an engine that lacks what the test needs, with the sentence of the table.</summary>
    private void Needs(IDurableTaskEngine engine, EngineCapabilities needed)
    {
        foreach (var capability in Enum.GetValues<EngineCapabilities>())
        {
            if (needed.HasFlag(capability) && !engine.Capabilities.HasFlag(capability))
                Assert.Skip(EngineDifferences.Of(capability, EngineName));
        }
    }

    /// <summary>A stretch of time that the engine can let pass within a test.</summary>
    private static TimeSpan Unit(IDurableTaskEngine engine) =>
        engine.Capabilities.HasFlag(EngineCapabilities.VirtualTime) ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(500);

    private static async Task<string> StartAsync(IDurableTaskEngine engine, string name, object? input = null, string? id = null) =>
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            name,
            input,
            new StartOrchestrationOptions(id),
            TestContext.Current.CancellationToken);

    private static async Task<T> RunAsync<T>(IDurableTaskEngine engine, string name, object? input = null) =>
        await ResultAsync<T>(engine, await StartAsync(engine, name, input));

    private static async Task<T> ResultAsync<T>(IDurableTaskEngine engine, string id)
    {
        var ended = await EndAsync(engine, id);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{ended.RuntimeStatus}: {ended.FailureDetails}");
        return ended.ReadOutputAs<T>()!;
    }

    /// <summary>The instance when it has ended, with its input and output. Looks, as waiting takes seconds on Azure Storage.</summary>
    private static Task<OrchestrationMetadata> EndAsync(IDurableTaskEngine engine, string id) =>
        UntilAsync(engine, id, state => state.IsCompleted);

    /// <summary>The same, by the client's own wait.</summary>
    private static async Task<OrchestrationMetadata> WaitForEndAsync(IDurableTaskEngine engine, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    /// <summary>The instance when the engine is at rest, with its input and output.</summary>
    private static async Task<OrchestrationMetadata> StateAsync(IDurableTaskEngine engine, string id)
    {
        await engine.WhenIdleAsync();
        return await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("There is no such instance.");
    }

    /// <summary>The instance as soon as it is as described.</summary>
    private static async Task<OrchestrationMetadata> UntilAsync(
        IDurableTaskEngine engine,
        string id,
        Func<OrchestrationMetadata, bool> isSo)
    {
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            var state = await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
            if (state is not null && isSo(state)) return state;
            if (Environment.TickCount64 > end)
                throw new TimeoutException($"The instance has not come to be so: {state?.RuntimeStatus.ToString() ?? "there is none"}, {state?.SerializedCustomStatus ?? "no status"}.");
            await Task.Delay(Look, TestContext.Current.CancellationToken);
        }
    }

    private static Task<OrchestrationMetadata> UntilAsync(IDurableTaskEngine engine, string id, OrchestrationRuntimeStatus status) =>
        UntilAsync(engine, id, state => state.RuntimeStatus == status);

    private static Task<OrchestrationMetadata?> FindAsync(IDurableTaskEngine engine, string id) =>
        engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

    /// <summary>Completes when the signal has been given, and fails the test when it is not.</summary>
    private static Task WaitAsync(Task signal) => signal.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
