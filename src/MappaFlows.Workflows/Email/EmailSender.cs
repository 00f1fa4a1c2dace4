using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Sends emails, each once as far as that can be known: its delivery is claimed before the email is handed to the email service, and says
/// afterwards what came of it. An email that cannot go yet is queued; one that cannot go at all is undelivered. Both are for a person to
/// see.
/// </summary>
/// <remarks>
/// Safe with several instances, and to be killed anywhere. An email is in the queue before its delivery says that it waits, and leaves the
/// queue after its delivery says that it does not. So one that waits is always found, and one found too often is known by its delivery.
/// </remarks>
public sealed partial class EmailSender(
    EmailComposer composer,
    EmailRateLimiter rateLimiter,
    EmailDeliveries deliveries,
    EmailHandover handover,
    EmailQueue queue,
    TimeProvider time,
    ILogger<EmailSender> logger)
{
    /// <summary>How long an email waits after an unexpected error, so that those behind it get their turn.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    /// <summary>Takes an email over, and sends it if that can be done at once.</summary>
    public async Task<SubmitResult> SubmitAsync(EmailRequest request, CancellationToken cancellationToken) =>
        await AdvanceAsync(request, queued: null, cancellationToken) switch
        {
            EmailProgress.Settled => SubmitResult.Done,
            EmailProgress.Claimed => SubmitResult.Again,
            _ => SubmitResult.Waits,
        };

    /// <summary>Sends what waits and may go by now: the urgent ones first, in each lane the one that may go for longest.</summary>
    /// <param name="max">The most that it tries of each lane.</param>
    /// <returns>How many left the queue, and how many could not be processed.</returns>
    public async Task<(int Left, int Failed)> SendQueuedAsync(int max, CancellationToken cancellationToken = default)
    {
        int left = 0, failed = 0;
        foreach (var isUrgent in new[] { true, false })
        {
            foreach (var queued in await queue.DueAsync(isUrgent, time.GetUtcNow(), max, cancellationToken))
            {
                try
                {
                    var progress = await AdvanceAsync(queued.EmailRequest, queued, cancellationToken);
                    if (progress == EmailProgress.Settled) left++;
                    if (progress == EmailProgress.Blocked) break;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(exception, queued.EmailRequest.Id);
                    failed++;
                    var later = queued with { From = time.GetUtcNow() + AfterFailure, Reason = "It could not be processed. See the log." };
                    await queue.PutAsync(later, queued, cancellationToken);
                }
            }
        }

        return (left, failed);
    }

    /// <summary>When an email of the queue may go at the soonest, which may be by now; null where none waits.</summary>
    public async Task<DateTimeOffset?> NextSendAtAsync(CancellationToken cancellationToken = default)
    {
        var window = await rateLimiter.LookAsync(cancellationToken);
        DateTimeOffset? next = null;
        foreach (var isUrgent in new[] { true, false })
        {
            if (await queue.FirstAsync(isUrgent, cancellationToken) is not { From: var at }) continue;
            if (window.Ask(rateLimiter.Limits, isUrgent, time.GetUtcNow()).Until is { } place && place > at) at = place;
            if (next is null || at < next) next = at;
        }

        return next;
    }

    /// <summary>Sends the email, queues it or gives it up.</summary>
    /// <param name="queued">Where it stands in the queue; null where it was submitted.</param>
    internal async Task<EmailProgress> AdvanceAsync(EmailRequest request, QueuedEmail? queued, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await deliveries.FindAsync(request, cancellationToken) ?? new(EmailDelivery.New(now), ETag: null);
        var delivery = found.Entry;
        if (delivery.IsSettled) return await deliveries.ChangeAsync(request, found, same => same, queued, cancellationToken);
        if (delivery.Status == DeliveryStatus.Claimed && now < delivery.NotBefore) return EmailProgress.Claimed;
        if (found.ETag is not null && delivery.Status == DeliveryStatus.Waiting)
        {
            if (queued is null) return EmailProgress.Queued;
            if (now < delivery.NotBefore)
            {
                // It has a later place; this one was left by a crash.
                await queue.RemoveAsync(queued, cancellationToken);
                return EmailProgress.Queued;
            }
        }

        if (delivery.MayGoAt(now) is not { } mayGoAt)
            return await SettleAsync(DeliveryStatus.Undelivered, $"The email service did not confirm that it accepted it, {EmailDelivery.MaxSendings} times. It may have arrived.");
        if (mayGoAt > now)
            return await WaitAsync(mayGoAt, delivery.Reason ?? "The sender stopped before the email service answered.");

        // In doubt it is repeated while the email service remembers it, and what a person asks for goes at once.
        if (delivery is { Round: 0, InDoubtSince: null }
            && await composer.MayGoAtAsync(request, now, cancellationToken) is var opens && opens > now)
        {
            return await WaitAsync(opens, "It is not urgent: it goes out in working hours.");
        }

        if (await composer.AddressOfAsync(request.To, cancellationToken) is not { } address)
            return await SettleAsync(DeliveryStatus.Undelivered, "There is no address for the recipient.");

        var isUrgent = composer.IsUrgent(request);
        var limit = await rateLimiter.ReadAsync(cancellationToken);
        if (limit.State.Ask(rateLimiter.Limits, isUrgent, now) is { IsGranted: false } asked) return await BlockAsync(asked.Reason!);
        if (queued is null && rateLimiter.Limits.Any && (await queue.DueAsync(isUrgent, now, 1, cancellationToken)).Count > 0)
            return await WaitAsync(now, "Other emails are ahead of it.");
        if (await composer.ComposeAsync(request, address, cancellationToken) is not { } email)
            return await SettleAsync(DeliveryStatus.Void, null);

        if (delivery.Tries == 0) await deliveries.IndexAsync(request, delivery.OperationId(request), cancellationToken);
        var lease = await rateLimiter.TakeAsync(isUrgent, limit, cancellationToken);
        return lease.IsGranted
            ? await handover.HandOverAsync(request, email, found, lease, queued, cancellationToken)
            : await BlockAsync(lease.Reason!);

        // Unless others have changed it since it was read: then their newer version stays.
        Task<EmailProgress> SettleAsync(DeliveryStatus status, string? why) => deliveries.ChangeAsync(
            request,
            found,
            current => ReferenceEquals(current, delivery) ? delivery.Settle(status, why, now) : current,
            queued,
            cancellationToken);

        async Task<EmailProgress> BlockAsync(string why)
        {
            // One that stands in the queue already keeps its place, and nothing has to be written.
            if (queued is null || delivery.Status != DeliveryStatus.Waiting) await WaitAsync(queued?.From ?? now, why);
            return EmailProgress.Blocked;
        }

        async Task<EmailProgress> WaitAsync(DateTimeOffset until, string why)
        {
            await deliveries.QueueAsync(request, found, until, why, queued, cancellationToken);
            return EmailProgress.Queued;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} is queued and could not be processed.")]
    private partial void LogFailed(Exception exception, string id);
}

/// <summary>How far an email has come.</summary>
internal enum EmailProgress
{
    /// <summary>It needs nothing more.</summary>
    Settled,

    /// <summary>It is in the queue.</summary>
    Queued,

    /// <summary>It is in the queue, and so will be every other of its lane.</summary>
    Blocked,

    /// <summary>Another sender is sending it, or crashed while sending.</summary>
    Claimed,
}

/// <summary>What came of submitting an email.</summary>
public enum SubmitResult
{
    /// <summary>It needs nothing more.</summary>
    Done,

    /// <summary>It is in the queue.</summary>
    Waits,

    /// <summary>It has to be submitted again: another sender has it in hand, who may have died.</summary>
    Again,
}
