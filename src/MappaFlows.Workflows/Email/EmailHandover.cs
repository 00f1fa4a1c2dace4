namespace MappaFlows.Workflows.Email;

/// <summary>Hands one email to the email service: claims its delivery, sends, and writes down the answer.</summary>
public sealed class EmailHandover(IEmailTransport transport, EmailDeliveries deliveries, EmailRateLimiter rateLimiter, TimeProvider time)
{
    /// <param name="before">The delivery as it was read.</param>
    /// <param name="lease">The place that was taken for the email.</param>
    internal async Task<EmailProgress> HandOverAsync(
        EmailRequest request,
        OutgoingEmail email,
        StoredDelivery before,
        RateLimitAnswer lease,
        QueuedEmail? queued,
        CancellationToken cancellationToken)
    {
        var claim = before.Entry.Claim(time.GetUtcNow());
        using var inTime = new CancellationTokenSource(EmailDelivery.MaxHandover);
        if (await deliveries.TryClaimAsync(request, claim, before.ETag, cancellationToken) is not { } claimed) return EmailProgress.Claimed;

        // From here it is not cancelled, even when no one waits for the answer any more.
        var outcome = await SendAsync(email, claim.OperationId(request), inTime.Token);
        switch (outcome)
        {
            case SendOutcome.Throttled throttled:
                await rateLimiter.PauseAsync(EmailDelivery.StoppedBy(throttled.Reason), throttled.RetryAfter, CancellationToken.None);
                break;
            case SendOutcome.NotAllowed notAllowed:
                await rateLimiter.PauseAsync(EmailDelivery.StoppedBy(notAllowed.Reason), retryAfter: null, CancellationToken.None);
                break;
            case SendOutcome.Accepted or SendOutcome.AcceptedBefore when lease.RefusedSince is not null:
                await rateLimiter.ResumeAsync(CancellationToken.None);
                break;
        }

        var progress = await deliveries.ChangeAsync(
            request,
            new(claim, claimed),
            delivery => delivery.Answered(outcome, before.Entry, claim, lease.RefusedSince, time.GetUtcNow()),
            queued,
            CancellationToken.None);
        return outcome is SendOutcome.Throttled or SendOutcome.NotAllowed ? EmailProgress.Blocked : progress;
    }

    private async Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(email, operationId, cancellationToken);
        }
        catch (Exception exception)
        {
            // The type alone: a message may quote the address.
            return new SendOutcome.Unknown(exception is OperationCanceledException ? "it took too long" : exception.GetType().Name);
        }
    }
}
