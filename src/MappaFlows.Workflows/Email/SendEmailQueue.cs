using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// An email that could not go at once goes as soon as it may: those whose turn it is are sent, then the next turn or another email is
/// waited for, until none waits. One instance for the whole product, begun when an email has to wait, so that nothing polls an empty queue.
/// </summary>
public sealed class SendEmailQueue : TaskOrchestrator<object?, object?>
{
    /// <summary>The id of the one instance.</summary>
    public const string InstanceId = "email-queue";

    public override async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        var signal = new WakeUpSignal(context);
        for (var round = 0; round < Steps.RoundsPerHistory; round++)
        {
            if (await context.CallActivityAsync<DateTime?>(nameof(SendQueuedEmails), null, Steps.LongRetry) is not { } next) return null;
            context.SetCustomStatus(new NextStep("Emails", next));
            await signal.RungOrAsync(next);
        }

        context.ContinueAsNew();
        return null;
    }
}

/// <summary>Sends the waiting emails whose turn it is, and tells when to look again, in UTC; null when none waits.</summary>
public sealed class SendQueuedEmails(EmailSender emailSender, TimeProvider time) : TaskActivity<object?, DateTime?>
{
    /// <summary>The most that one run tries of each lane; the next goes on.</summary>
    private const int MaxPerRun = 100;

    /// <summary>The shortest wait for a turn: an email that another sender has in hand is due all the time.</summary>
    public static readonly TimeSpan MinWait = TimeSpan.FromSeconds(30);

    public override async Task<DateTime?> RunAsync(TaskActivityContext context, object? input)
    {
        await emailSender.SendQueuedAsync(MaxPerRun);
        var soonest = time.GetUtcNow() + MinWait;
        return await emailSender.NextSendAtAsync() is { } next ? (next > soonest ? next : soonest).UtcDateTime : null;
    }
}
