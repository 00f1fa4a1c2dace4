using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Changes deliveries that several may change at the same time, and does what follows: the queue before the delivery says that the email
/// waits, the undelivered emails and the end of the queue after it says so.
/// </summary>
public sealed partial class EmailDeliveries
{
    private readonly EmailDeliveryStore _store;
    private readonly UndeliveredEmailStore _undelivered;
    private readonly EmailQueue _queue;
    private readonly EmailComposer _composer;
    private readonly ProductMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<EmailDeliveries> _logger;

    public EmailDeliveries(
        ITableStore store,
        EmailQueue queue,
        EmailComposer composer,
        UnreadableRows rows,
        ProductMetrics metrics,
        TimeProvider time,
        ILogger<EmailDeliveries> logger)
    {
        (_queue, _composer, _metrics, _time, _logger) = (queue, composer, metrics, time, logger);
        (_store, _undelivered) = (new(store), new(store, rows));
    }

    /// <summary>The rows of a case's emails that cannot be read, by their names.</summary>
    public Task<IReadOnlyList<string>> UnreadableOfAsync(CaseReference reference, CancellationToken cancellationToken = default) =>
        _store.UnreadableAsync(reference, cancellationToken);

    internal ValueTask<StoredDelivery?> FindAsync(EmailRequest request, CancellationToken cancellationToken) =>
        _store.FindAsync(request, cancellationToken);

    /// <inheritdoc cref="EmailDeliveryStore.FindByOperationAsync"/>
    internal ValueTask<EmailRequest?> FindByOperationAsync(Guid operationId, CancellationToken cancellationToken) =>
        _store.FindByOperationAsync(operationId, cancellationToken);

    /// <inheritdoc cref="EmailDeliveryStore.IndexAsync"/>
    internal Task IndexAsync(EmailRequest request, Guid operationId, CancellationToken cancellationToken) =>
        _store.IndexAsync(request, operationId, cancellationToken);

    /// <returns>The new ETag; null where another sender was first.</returns>
    internal Task<string?> TryClaimAsync(EmailRequest request, EmailDelivery claim, string? etag, CancellationToken cancellationToken) =>
        _store.TryWriteAsync(request, claim, etag, cancellationToken);

    /// <summary>Queues an email until a time. Where others have changed its delivery meanwhile, what they wrote stands.</summary>
    internal async Task QueueAsync(
        EmailRequest request,
        StoredDelivery found,
        DateTimeOffset until,
        string why,
        QueuedEmail? former,
        CancellationToken cancellationToken)
    {
        LogWaits(request.Id, why);
        await _queue.PutAsync(new(request, found.Entry.Since, until, why, _composer.IsUrgent(request)), former, cancellationToken);
        await _store.TryWriteAsync(request, found.Entry.Wait(until, why, _time.GetUtcNow()), found.ETag, cancellationToken);
    }

    /// <summary>Changes a delivery, again where others were first.</summary>
    /// <param name="found">The delivery as it was read.</param>
    /// <param name="change">What it becomes; the same where there is nothing to change.</param>
    /// <param name="queued">Where the email stands in the queue; null where it does not.</param>
    internal async Task<EmailProgress> ChangeAsync(
        EmailRequest request,
        StoredDelivery? found,
        Func<EmailDelivery, EmailDelivery> change,
        QueuedEmail? queued,
        CancellationToken cancellationToken)
    {
        var progress = await Retries.UntilWrittenAsync(TryChangeAsync, cancellationToken);

        // Should others have been first every time: the claim runs out, and what is not known counts as doubt.
        return progress ?? EmailProgress.Claimed;

        async ValueTask<EmailProgress?> TryChangeAsync(bool isAgain, CancellationToken token)
        {
            if (isAgain) found = await _store.FindAsync(request, token);
            var before = found?.Entry ?? EmailDelivery.New(_time.GetUtcNow());
            var after = change(before);
            if (after.Status == DeliveryStatus.Waiting && after != before)
            {
                LogWaits(request.Id, after.Reason!);
                await _queue.PutAsync(
                    new(request, after.Since, after.NotBefore, after.Reason!, _composer.IsUrgent(request)),
                    queued,
                    token);
            }

            if (after != before && await _store.TryWriteAsync(request, after, found?.ETag, token) is null) return null;
            await FollowAsync(request, before, after, queued, token);
            return after.IsSettled
                ? EmailProgress.Settled
                : after.Status == DeliveryStatus.Claimed ? EmailProgress.Claimed : EmailProgress.Queued;
        }
    }

    private async Task FollowAsync(
        EmailRequest request, EmailDelivery before, EmailDelivery after, QueuedEmail? queued, CancellationToken cancellationToken)
    {
        if (after.Status == DeliveryStatus.Undelivered)
        {
            // Written even where nothing has changed: a crash may have come between the two rows.
            await _undelivered.PutAsync(new(request, after.Reason!, after.At), cancellationToken);
            if (before.Status != DeliveryStatus.Undelivered)
            {
                LogUndelivered(request.Id, after.Reason!);
                _metrics.EmailUndelivered();
            }
        }

        // It arrived after all, or was sent just after a person's try that a crash cut short.
        if (after.Status is DeliveryStatus.Delivered or DeliveryStatus.Sent
            && (before.Status == DeliveryStatus.Undelivered || after.Round > 0))
        {
            await _undelivered.RemoveAsync(request.Id, cancellationToken);
        }

        if (queued is not null && after.IsSettled) await _queue.RemoveAsync(queued, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Email {Id} waits: {Why}")]
    private partial void LogWaits(string id, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} is undelivered: {Why}")]
    private partial void LogUndelivered(string id, string why);
}
