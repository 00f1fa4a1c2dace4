using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Sweeping;

/// <summary>
/// The safety net under every timer and every wake-up signal: finds outboxes that were not emptied, emails that waited and dates that no
/// timer served, sees to them, and starts the timers of those cases again; and once a day checkpoints what has changed. Safe to run at any
/// time. If it finds work and there was no crash, investigate.
/// </summary>
public sealed partial class Sweep(
    OutboxIndex outboxIndex,
    OutboxDispatcher dispatcher,
    CaseloadIndex caseload,
    CaseCommands commands,
    OrchestrationStarter starter,
    EmailSender emailSender,
    EmailQueueScheduler emailQueueScheduler,
    CaseloadRenewal renewal,
    CheckpointWriter checkpoints,
    TypedForms typedForms,
    ProductMetrics metrics,
    TimeProvider time,
    ILogger<Sweep> logger)
{
    /// <summary>The most that one run sees to; the next run goes on.</summary>
    private const int MaxPerRun = 500;

    /// <summary>How long timers and dispatchers are left alone before the sweep does their work.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(2);

    /// <param name="grace">Usually <see cref="Grace"/>; zero at a start, when no one else can be at work.</param>
    public async Task<SweepResult> RunAsync(TimeSpan grace, CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await SweepAsync(time.GetUtcNow() - grace, cancellationToken);
            if (result != default) LogSwept(result.Dispatched, result.Postponed, result.EmailsSent, result.MissedDates, result.Failed);
            if (result.Failed > 0) metrics.SweepFailed();
            metrics.SweepEnded();
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            metrics.SweepFailed();
            throw;
        }
    }

    private async Task<SweepResult> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int dispatched = 0, postponed = 0, missed = 0;
        var entries = await outboxIndex.ListAsync(MaxPerRun, cancellationToken);
        foreach (var stream in entries.Where(entry => entry.Since <= before).Select(entry => entry.Stream).Distinct())
        {
            if (await dispatcher.TryDispatchAsync(stream, cancellationToken)) dispatched++;
            else postponed++;
        }

        var (sent, failed) = await emailSender.SendQueuedAsync(MaxPerRun, cancellationToken);
        if (!await TryAsync(StartEmailQueueAsync, "start the email queue", cancellationToken)) failed++;

        foreach (var area in MappaAreas.All)
        {
            foreach (var reference in await caseload.DueBeforeAsync(area.Code, before, MaxPerRun, cancellationToken))
            {
                try
                {
                    var result = await commands.ExecuteAsClockAsync(reference, new DoWhatIsDue(), cancellationToken);
                    if (result is CommandResult<Timetable>.Refused refused)
                        throw new InvalidOperationException($"What is due was refused: {string.Join("; ", refused.Problems)}");
                    await caseload.RefreshAsync(reference, cancellationToken);
                    metrics.DateMissed();
                    missed++;
                    await starter.StartMissingAsync(reference, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(exception, reference);
                    failed++;
                }
            }
        }

        if (!await TryAsync(renewal.RunAsync, "renew the caseload", cancellationToken)) failed++;
        if (!await TryAsync(typedForms.RemoveOldAsync, "remove what was typed long ago", cancellationToken)) failed++;

        // Last: it is the longest, and no one waits for it.
        if (!await TryAsync(checkpoints.RunIfDueAsync, "write the checkpoint", cancellationToken)) failed++;
        return new(dispatched, postponed, sent, missed, failed);
    }

    private async Task StartEmailQueueAsync(CancellationToken cancellationToken)
    {
        if (await emailSender.NextSendAtAsync(cancellationToken) is not null) await emailQueueScheduler.StartAsync(cancellationToken);
    }

    /// <summary>
    /// One part of a sweep that fails, with an engine or a checkpoint store that is away, must not keep the others from their work.
    /// </summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> act, string what, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogPartFailed(exception, what);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep emptied {Dispatched} outboxes, left {Postponed}, sent {EmailsSent} waiting emails, served {MissedDates} missed dates and failed at {Failed}.")]
    private partial void LogSwept(int dispatched, int postponed, int emailsSent, int missedDates, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep could not process case {Reference}.")]
    private partial void LogFailed(Exception exception, CaseReference reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep could not {What}.")]
    private partial void LogPartFailed(Exception exception, string what);
}

/// <summary>What a run of the sweep found.</summary>
/// <param name="Dispatched">Cases whose outbox had not been emptied, and is now.</param>
/// <param name="Postponed">Cases whose outbox could not be emptied.</param>
/// <param name="EmailsSent">Emails that left the queue.</param>
/// <param name="MissedDates">Cases with a date that no timer had served.</param>
/// <param name="Failed">
/// Cases and emails that could not be processed, timers that could not be started, and a checkpoint that could not be made.
/// </param>
public readonly record struct SweepResult(int Dispatched, int Postponed, int EmailsSent, int MissedDates, int Failed);
