using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

/// <summary>An engine under test, with a store of its own that was empty when it started.</summary>
public interface IDurableTaskEngine : IAsyncDisposable
{
    DurableTaskClient Client { get; }

    /// <summary>The engine's time, UTC.</summary>
    DateTimeOffset Now { get; }

    EngineCapabilities Capabilities { get; }

    /// <summary>Stops the engine as a machine that loses its power does, and starts one on the same store.</summary>
    Task RestartAsync();

    /// <summary>Lets time pass until everything that came due has been done.</summary>
    Task AdvanceAsync(TimeSpan time);

    /// <summary>Completes when nothing can be done before time passes.</summary>
    Task WhenIdleAsync();
}

/// <summary>What a test may need of an engine beside the SDK. <see cref="EngineDifferences"/> says who lacks what.</summary>
[Flags]
public enum EngineCapabilities
{
    None = 0,

    /// <summary>Time can be moved, so that years pass in a moment.</summary>
    VirtualTime = 1,

    /// <summary>The engine can be stopped and started again on the same store.</summary>
    Restart = 2,

    /// <summary>A hundred instances at once end within seconds.</summary>
    ManyInstances = 4,

    All = VirtualTime | Restart | ManyInstances,
}
