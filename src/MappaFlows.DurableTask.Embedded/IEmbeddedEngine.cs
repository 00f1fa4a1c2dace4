namespace MappaFlows.DurableTask.Embedded;

/// <summary>The embedded engine of this process.</summary>
public interface IEmbeddedEngine
{
    /// <summary>Whether this host has the lease of its store, and so runs the orchestrations.</summary>
    bool IsActive { get; }

    /// <summary>
    /// When the next timer of any instance is due; null where none is set or the host stands by. Exact when the engine is idle.
    /// </summary>
    DateTimeOffset? NextTimerAt { get; }

    /// <summary>
    /// Completes when nothing can be done now: no message on its way, no activity running, no timer due by the engine's clock.
    /// Completes at once on a host that stands by.
    /// </summary>
    Task WhenIdleAsync(CancellationToken cancellationToken = default);

    /// <summary>Says that the clock was moved: timers that are due now fire.</summary>
    void ClockMoved();
}
