using MappaFlows.Durable;
using MappaFlows.Testing.Durable;

namespace MappaFlows.Functions.Tests.Engine;

/// <summary>The vendor's in-memory engine as the contract suite sees it. Time is real, so letting it pass is waiting.</summary>
public sealed class VendorHost(VendorEngine engine) : IOrchestrationHost
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    /// <summary>The engine has no word for being idle: it is taken to be when it has run nothing of ours for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    public IOrchestrationClient Client => engine.Client;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <remarks>A cancelled wait takes the next event in the released versions; in the sources of September 2026 it was seen to take none.</remarks>
    public HostAbilities Abilities => HostAbilities.None;

    public static async Task<VendorHost> StartAsync(Action<DurableTaskRegistry> register) => new(await VendorEngine.StartAsync(register));

    public Task CrashAndRestartAsync() => throw new NotSupportedException("Nothing outlives the vendor's in-memory engine.");

    public async Task AdvanceAsync(TimeSpan time)
    {
        await Task.Delay(time, TestContext.Current.CancellationToken);
        await WhenIdleAsync();
    }

    public async Task WhenIdleAsync()
    {
        var (seen, since) = (engine.Work, Environment.TickCount64);
        while (Environment.TickCount64 - since < Quiet.TotalMilliseconds)
        {
            await Task.Delay(Look, TestContext.Current.CancellationToken);
            if (engine.Work != seen)
                (seen, since) = (engine.Work, Environment.TickCount64);
        }
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
