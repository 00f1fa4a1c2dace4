using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Orchestrations;

/// <summary>
/// Carries out the steps of an orchestration: waits for the earliest of named times or for the wake-up signal, whichever is first.
/// </summary>
/// <typeparam name="TStatus">What each step answers: whether the orchestration goes on, and the times of its steps.</typeparam>
public sealed class Steps<TStatus>
    where TStatus : StepStatus
{
    private readonly TaskOrchestrationContext _context;
    private readonly object? _input;
    private readonly string _read;

    // One standing wait: an engine may lose the event that follows a cancelled wait.
    private Task _wakeUp;
    private TStatus? _last;
    private (DateTimeOffset At, string Step)? _ran;
    private int _rounds;

    /// <param name="context">The context of the orchestration that takes the steps.</param>
    /// <param name="input">What the orchestration was started with: the input of every step, and of the next history.</param>
    /// <param name="read">The activity that only looks.</param>
    public Steps(TaskOrchestrationContext context, object? input, string read)
    {
        (_context, _input, _read) = (context, input, read);
        _wakeUp = context.WaitForExternalEvent<object?>(WakeUpSignal.Name);
    }

    private DateTimeOffset Now => new(_context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <summary>Looks how things stand.</summary>
    public Task<TStatus> ReadAsync() => RunAsync(_read);

    /// <summary>
    /// Waits for the earliest of these times and runs its step, or looks again when the signal comes first. Of times that have passed the
    /// latest counts. When this history is full, continues as new and reports that nothing is left to do here.
    /// </summary>
    public async Task<TStatus> FirstOfAsync(params (DateTimeOffset? At, string Step)[] steps)
    {
        if (_rounds++ == Steps.MaxRounds)
        {
            _context.ContinueAsNew(_input);
            return (TStatus)(_last! with { IsOpen = false });
        }

        if (Steps.Choose(steps, Now) is not { } next)
        {
            _context.SetCustomStatus(new NextStep(null, null));
            await _wakeUp;
            return await LookAgainAsync();
        }

        // A step that changed nothing, because another host's clock is a little behind, runs again in a minute, never in a tight loop.
        var at = next.At > Now ? next.At : _ran == next ? Now + Steps.Pause : Now;
        if (at > Now)
        {
            _context.SetCustomStatus(new NextStep(next.Step, at));
            if (!await WaitAsync(at)) return await LookAgainAsync();

            // While no host ran, later times may have passed too.
            next = Steps.Choose(steps, Now) ?? next;
        }

        _ran = next;
        return await RunAsync(next.Step);
    }

    /// <returns>Whether the time came before the signal.</returns>
    private async Task<bool> WaitAsync(DateTimeOffset at)
    {
        using var signalled = new CancellationTokenSource();
        var timer = _context.CreateTimer(at.UtcDateTime, signalled.Token);
        if (await Task.WhenAny(_wakeUp, timer) == timer) return true;

        // A timer that is not cancelled holds the end of the orchestration back until it fires.
        signalled.Cancel();
        return false;
    }

    private Task<TStatus> LookAgainAsync()
    {
        _ran = null;
        _wakeUp = _context.WaitForExternalEvent<object?>(WakeUpSignal.Name);
        return ReadAsync();
    }

    private async Task<TStatus> RunAsync(string step)
    {
        _last = await _context.CallActivityAsync<TStatus>(step, _input, Steps.LongRetry);
        return _last;
    }
}

/// <summary>What all steps have in common.</summary>
internal static class Steps
{
    /// <summary>Rounds in one history. Then the orchestration continues as new, so that no history grows with the years.</summary>
    public const int MaxRounds = 25;

    /// <summary>How long a step waits that has just run and is still due.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A step that fails is tried for about a day, so that a store that breaks at night needs no one.</summary>
    public static readonly TaskOptions LongRetry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(30, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    /// <summary>
    /// The latest of the times that have passed; where none has, the earliest of those ahead. Of equal times the first counts.
    /// </summary>
    public static (DateTimeOffset At, string Step)? Choose(IEnumerable<(DateTimeOffset? At, string Step)> steps, DateTimeOffset now)
    {
        (DateTimeOffset At, string Step)? passed = null, ahead = null;
        foreach (var (time, step) in steps)
        {
            if (time is not { } at) continue;
            if (at <= now)
            {
                if (passed is null || at > passed.Value.At) passed = (at, step);
            }
            else if (ahead is null || at < ahead.Value.At)
            {
                ahead = (at, step);
            }
        }

        return passed ?? ahead;
    }
}
