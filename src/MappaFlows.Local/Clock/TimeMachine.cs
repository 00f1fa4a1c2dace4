using MappaFlows.DurableTask.Embedded;

namespace MappaFlows.Local.Clock;

/// <summary>
/// Lives through time: moves the clock from one timer to the next, and at each waits until everything has run that came of it, so that
/// a reminder comes before its escalation, as it would have.
/// </summary>
public sealed partial class TimeMachine(MovableClock clock, IEmbeddedEngine engine, Sweep sweep, ILogger<TimeMachine> logger) : IDisposable
{
    /// <summary>The most timers that one move goes through. A move that is cut short can be repeated.</summary>
    public const int MostSteps = 200_000;

    private const int StepsPerReport = 1_000;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The product's present time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whether this process runs the orchestrations: if not, there is nothing here that could be waited for.</summary>
    public bool IsReady => engine.IsActive;

    /// <summary>Moves to that instant and answers when everything that came due by then has run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is past or after <see cref="MovableClock.Latest"/>.</exception>
    /// <exception cref="InvalidOperationException">Another process on the same data runs the orchestrations.</exception>
    public async Task<TimeMove> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target, MovableClock.Latest);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsReady) throw new InvalidOperationException("Another process on the same data runs the orchestrations: move the clock there.");
            var from = clock.GetUtcNow();
            ArgumentOutOfRangeException.ThrowIfLessThan(target, from);
            await engine.WhenIdleAsync(cancellationToken);
            var steps = 0;
            while (steps < MostSteps && Next(target) is { } next)
            {
                await StepToAsync(next, cancellationToken);
                if (++steps % StepsPerReport == 0) LogProgress(steps, next);
            }

            var isWhole = Next(target) is null;
            if (isWhole) await StepToAsync(target, cancellationToken);

            // What no timer served is served now; that it was needed is a fault, which the sweep reports.
            await sweep.RunAsync(TimeSpan.Zero, cancellationToken);
            await engine.WhenIdleAsync(cancellationToken);
            return new(from, clock.GetUtcNow(), steps, isWhole);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>The next timer that is due by then; null for none.</summary>
    private DateTimeOffset? Next(DateTimeOffset target) => engine.NextTimerAt is { } next && next <= target ? next : null;

    private async Task StepToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        clock.MoveTo(instant);
        engine.ClockMoved();
        await engine.WhenIdleAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The time machine went through {Steps} timers and is at {Now:u}.")]
    private partial void LogProgress(int steps, DateTimeOffset now);
}

/// <summary>What a move came to.</summary>
/// <param name="Steps">How many timers were gone through.</param>
/// <param name="IsWhole">Whether the clock got where it was sent; false when <see cref="TimeMachine.MostSteps"/> stood in the way.</param>
public sealed record TimeMove(DateTimeOffset From, DateTimeOffset Now, int Steps, bool IsWhole);
