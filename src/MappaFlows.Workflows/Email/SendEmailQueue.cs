using Microsoft.DurableTask;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// An email that could not go at once goes as soon as it may: those whose turn it is are sent, then the next turn or another email is
/// waited for, until the queue is empty. One instance for the whole product, started when an email has to wait, so that nothing polls.
/// </summary>
public sealed class SendEmailQueue : TaskOrchestrator<object?, object?>
{
    /// <summary>The id of the one instance.</summary>
    public const string InstanceId = "email-queue";

    public override async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        var steps = new Steps<EmailQueueStatus>(context, input, nameof(SendQueuedEmails));
        var queue = await steps.ReadAsync();
        while (queue.IsOpen) queue = await steps.FirstOfAsync((queue.NextAt, nameof(SendQueuedEmails)));
        return null;
    }
}

/// <summary>Whether emails wait, and when the next one may go.</summary>
public sealed record EmailQueueStatus : StepStatus
{
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>Sends the waiting emails whose turn it is, and reports when the next turn comes.</summary>
public sealed class SendQueuedEmails(EmailSender emailSender, TimeProvider time) : TaskActivity<object?, EmailQueueStatus>
{
    /// <summary>The most that one run tries of each lane; the next goes on.</summary>
    private const int MaxPerRun = 100;

    /// <summary>The shortest wait for a turn: an email that another sender has in hand is due all the time.</summary>
    public static readonly TimeSpan MinWait = TimeSpan.FromSeconds(30);

    public override async Task<EmailQueueStatus> RunAsync(TaskActivityContext context, object? input)
    {
        await emailSender.SendQueuedAsync(MaxPerRun);
        var soonest = time.GetUtcNow() + MinWait;
        return await emailSender.NextSendAtAsync() is { } next
            ? new() { IsOpen = true, NextAt = next > soonest ? next : soonest }
            : new() { IsOpen = false };
    }
}
