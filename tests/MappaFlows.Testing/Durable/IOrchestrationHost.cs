using MappaFlows.Durable;

namespace MappaFlows.Testing.Durable;

/// <summary>An engine under test, of whatever make, with its own empty store.</summary>
public interface IOrchestrationHost : IAsyncDisposable
{
    IOrchestrationClient Client { get; }

    /// <summary>The engine's time, UTC.</summary>
    DateTimeOffset Now { get; }

    HostAbilities Abilities { get; }

    /// <summary>Stops the host as a machine that loses its power would, and starts one on the same store.</summary>
    Task CrashAndRestartAsync();

    /// <summary>Lets time pass, at most to the next thing that happens in each step, until everything that came due has been done.</summary>
    Task AdvanceAsync(TimeSpan time);

    /// <summary>Completes when nothing can be done before time passes.</summary>
    Task WhenIdleAsync();
}

/// <summary>What an engine can do beyond the port, or does otherwise than the embedded one. Observed; see the notes on the vendor's engine.</summary>
[Flags]
public enum HostAbilities
{
    None = 0,

    /// <summary>Time can be moved, so that years pass in a moment.</summary>
    VirtualTime = 1,

    /// <summary>The host can be stopped and started again on the same store.</summary>
    Restart = 2,

    /// <summary>A cancelled wait takes no event. The vendor's 1.25.0 gives the next one to the dead waiter.</summary>
    CancelledWaitTakesNothing = 4,

    /// <summary>Raising an event and terminating tell whether a live instance was there. The vendor's in-memory host says yes to everything.</summary>
    EventsAreReceipted = 8,

    /// <summary>Inputs have a documented largest size and are refused beyond it. The vendor's in-memory host takes any.</summary>
    LargeInputsRefused = 16,

    /// <summary>Awaiting what the context did not hand out stops the instance and says so. The vendor's engine promises nothing of the kind.</summary>
    ForeignAwaitsDetected = 32,

    /// <summary>Ids that differ by letter case alone are different. The vendor's in-memory host takes them for one; its Azure hosts do not.</summary>
    IdsKeepCase = 64,

    /// <summary>A start can be put off. The vendor's in-memory host starts at once.</summary>
    DelayedStart = 128,

    /// <summary>Purging a live instance is an error. The vendor's in-memory host leaves it alone too, and says that it purged nothing.</summary>
    LivePurgeRefused = 256,

    /// <summary>Hundreds of instances at once are no matter. The vendor's in-memory host was seen to end less than one a second at four at once.</summary>
    ManyInstancesAtOnce = 512,
}
