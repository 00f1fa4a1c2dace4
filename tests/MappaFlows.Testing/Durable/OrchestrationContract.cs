using System.Text.Json;
using MappaFlows.Durable;

namespace MappaFlows.Testing.Durable;

/// <summary>
/// What an orchestration may rely on, written against the port alone, so that any engine behind it can be held to the same.
/// An engine is put to the suite by a class that derives from this one; what it is known to lack it says by its <see cref="HostAbilities"/>.
/// </summary>
public abstract partial class OrchestrationContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts an engine with an empty store.</summary>
    protected abstract Task<IOrchestrationHost> StartAsync(Action<DurableTaskRegistry> register);

    /// <summary>A stretch of time that the engine can let pass within a test.</summary>
    private static TimeSpan Unit(IOrchestrationHost host) =>
        host.Abilities.HasFlag(HostAbilities.VirtualTime) ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(500);

    private static async Task<T> RunAsync<T>(IOrchestrationHost host, string name, object? input = null)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(name, input);
        return await ResultAsync<T>(host, id);
    }

    private static async Task<T> ResultAsync<T>(IOrchestrationHost host, string id)
    {
        var ended = await EndAsync(host, id);
        Assert.True(
            ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed,
            $"{ended.RuntimeStatus}: {ended.FailureDetails?.ErrorType}: {ended.FailureDetails?.ErrorMessage}");
        return ended.SerializedOutput is null ? default! : JsonSerializer.Deserialize<T>(ended.SerializedOutput)!;
    }

    private static async Task<OrchestrationMetadata> EndAsync(IOrchestrationHost host, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await host.Client.WaitForInstanceCompletionAsync(id, patience.Token);
    }

    private static async Task<OrchestrationMetadata> StateAsync(IOrchestrationHost host, string id)
    {
        await host.WhenIdleAsync();
        return await host.Client.GetInstanceAsync(id) ?? throw new InvalidOperationException("There is no such instance.");
    }

    private static void Needs(IOrchestrationHost host, HostAbilities abilities) =>
        Assert.SkipUnless(host.Abilities.HasFlag(abilities), $"This engine was seen not to have: {abilities & ~host.Abilities}.");
}
