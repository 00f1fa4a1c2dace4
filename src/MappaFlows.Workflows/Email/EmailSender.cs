using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Sends notifications, each once as far as that can be known: an entry in the ledger is claimed before an email is handed to the carrier,
/// and says afterwards what came of it. What cannot go yet stands in a queue; what cannot go at all is a dead letter. Both are for a person to see.
/// </summary>
/// <remarks>
/// Safe with several instances, and to be killed anywhere. An email is in the queue before the ledger says that it waits, and leaves it after the
/// ledger says that it does not; so one that waits is always found, and one found too often is told by the ledger.
/// </remarks>
public sealed partial class EmailSender
{
    /// <summary>How often an answer is written down anew when others (a report, mostly) change the entry at the same time.</summary>
    private const int Attempts = 20;

    /// <summary>How long an email stands back that could not be seen to at all, so that those behind it get their turn.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    private readonly IEmailTransport _transport;
    private readonly EmailComposer _writer;
    private readonly EmailRateLimiter _rateLimiter;
    private readonly ProductMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<EmailSender> _logger;
    private readonly EmailDeliveryStore _ledger;
    private readonly EmailQueue _queue;
    private readonly UndeliveredEmails _deadLetters;

    public EmailSender(
        ITableStore store,
        IEmailTransport transport,
        EmailComposer writer,
        EmailRateLimiter rateLimiter,
        ProductMetrics metrics,
        TimeProvider time,
        ILogger<EmailSender> logger)
    {
        (_transport, _writer, _rateLimiter, _metrics, _time, _logger) = (transport, writer, rateLimiter, metrics, time, logger);
        (_ledger, _queue, _deadLetters) = (new(store), new(store), new(store));
    }

    private enum Step
    {
        /// <summary>It needs nothing more.</summary>
        Settled,

        /// <summary>It stands in the queue.</summary>
        Waiting,

        /// <summary>It stands in the queue, and so will every other of its lane.</summary>
        Stopped,

        /// <summary>Another has it in hand, or died with it.</summary>
        Held,
    }

    /// <summary>Takes a notification over, and sends it if that can be done at once.</summary>
    public async Task<SubmitResult> SubmitAsync(EmailRequest notification, CancellationToken cancellationToken) =>
        await ForwardAsync(notification, place: null, cancellationToken) switch
        {
            Step.Settled => SubmitResult.Done,
            Step.Held => SubmitResult.Again,
            _ => SubmitResult.Waits,
        };

    /// <summary>Sends what waits and may go by now: the urgent ones first, in each lane the one that may go for longest.</summary>
    /// <param name="most">The most that it tries of each lane.</param>
    /// <returns>How many left the queue, and how many could not be seen to.</returns>
    public async Task<(int Left, int Failed)> SendQueuedAsync(int most, CancellationToken cancellationToken = default)
    {
        int left = 0, failed = 0;
        foreach (var isUrgent in new[] { true, false })
        {
            foreach (var letter in await _queue.DueAsync(isUrgent, _time.GetUtcNow(), most, cancellationToken))
            {
                try
                {
                    var step = await ForwardAsync(letter.EmailRequest, letter, cancellationToken);
                    if (step == Step.Settled) left++;
                    if (step == Step.Stopped) break;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(exception, letter.EmailRequest.Id);
                    failed++;
                    await _queue.PutAsync(letter with { From = _time.GetUtcNow() + AfterFailure, Why = "It could not be seen to. The log says why." }, letter, cancellationToken);
                }
            }
        }

        return (left, failed);
    }

    /// <summary>When an email of the queue may go at the soonest, which may be by now; null where none waits.</summary>
    public async Task<DateTimeOffset?> NextSendAtAsync(CancellationToken cancellationToken = default)
    {
        var rateLimiter = await _rateLimiter.LookAsync(cancellationToken);
        DateTimeOffset? next = null;
        foreach (var isUrgent in new[] { true, false })
        {
            if (await _queue.FirstAsync(isUrgent, cancellationToken) is not { From: var at }) continue;
            if (rateLimiter.Ask(_rateLimiter.Limits, isUrgent, _time.GetUtcNow()).Until is { } place && place > at) at = place;
            if (next is null || at < next) next = at;
        }

        return next;
    }

    /// <summary>A page of what waits: the urgent ones before the others, in each lane the one that may go first.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The <see cref="QueuedEmail.Place"/> after which to begin; null for the first page.</param>
    public Task<IReadOnlyList<QueuedEmail>> QueuedAsync(int take, string? after = null, CancellationToken cancellationToken = default) =>
        _queue.PageAsync(take, after, cancellationToken);

    /// <summary>A page of what could not be sent or did not arrive, in the order of the notifications' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public Task<IReadOnlyList<UndeliveredEmail>> UndeliveredAsync(int take, string? after = null, CancellationToken cancellationToken = default) =>
        _deadLetters.PageAsync(take, after, cancellationToken);

    /// <summary>What could not be sent or did not arrive, or null where there is none of this id.</summary>
    public async Task<UndeliveredEmail?> FindUndeliveredAsync(string notificationId, CancellationToken cancellationToken = default) =>
        await _deadLetters.FindAsync(notificationId, cancellationToken);

    /// <summary>Tries a dead letter anew. Safe to run twice: a crash leaves the letter where it was, or in the queue.</summary>
    public async Task<RetryOutcome> RetryAsync(string notificationId, CancellationToken cancellationToken = default)
    {
        if (await PutBackAsync(notificationId, cancellationToken) is not { } place) return RetryOutcome.Gone;
        var step = await ForwardAsync(place.EmailRequest, place, cancellationToken);
        return step != Step.Settled ? RetryOutcome.Waits
            : await FindUndeliveredAsync(notificationId, cancellationToken) is null ? RetryOutcome.Sent
            : RetryOutcome.Failed;
    }

    /// <summary>Puts a dead letter back into the queue.</summary>
    /// <returns>Its place there; null where there is no such letter.</returns>
    internal async Task<QueuedEmail?> PutBackAsync(string notificationId, CancellationToken cancellationToken = default)
    {
        if (await _deadLetters.FindAsync(notificationId, cancellationToken) is not { EmailRequest: var notification }) return null;
        var now = _time.GetUtcNow();
        var place = new QueuedEmail(notification, now, now, "A person asked for another try.", _writer.IsUrgent(notification));
        await _queue.PutAsync(place, former: null, cancellationToken);

        // One that is not dead (a crash came between) or is no longer (another person was first) is sent already, or about to be.
        if (await _ledger.FindAsync(notification, cancellationToken) is { Entry.Status: DeliveryStatus.Undelivered } found)
            await _ledger.TryWriteAsync(notification, found.Entry.Raise(now), found.ETag, cancellationToken);
        await _deadLetters.RemoveAsync(notificationId, cancellationToken);
        return place;
    }

    /// <summary>Records what became of an email; one that did not arrive is a dead letter.</summary>
    /// <remarks>Reports repeat, come in any order, and may be of emails that are not ours: none of that changes what is recorded.</remarks>
    public async Task RecordAsync(DeliveryReport report, CancellationToken cancellationToken = default)
    {
        if (await _ledger.FindByOperationAsync(report.OperationId, cancellationToken) is not { } notification)
        {
            LogStranger(report.OperationId);
            return;
        }

        await ChangeAsync(notification, await _ledger.FindAsync(notification, cancellationToken), Reported, place: null, cancellationToken);

        // A report of an operation that a person's new try has replaced says nothing of that try.
        EmailDelivery Reported(EmailDelivery entry) =>
            entry.OperationId(notification) == report.OperationId ? entry.Reported(report, _time.GetUtcNow()) ?? entry : entry;
    }

    /// <summary>Brings an email as far as it gets now.</summary>
    /// <param name="place">Where it stands in the queue; null where it was handed in.</param>
    private async Task<Step> ForwardAsync(EmailRequest notification, QueuedEmail? place, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var found = await _ledger.FindAsync(notification, cancellationToken) ?? new(EmailDelivery.New(now), ETag: null);
        var entry = found.Entry;
        if (entry.IsSettled) return await ChangeAsync(notification, found, same => same, place, cancellationToken);
        if (entry.Status == DeliveryStatus.Claimed && now < entry.NotBefore) return Step.Held;
        if (found.ETag is not null && entry.Status == DeliveryStatus.Waiting)
        {
            if (place is null) return Step.Waiting;
            if (now < entry.NotBefore)
            {
                // It has a later place; this one was left by a crash.
                await _queue.RemoveAsync(place, cancellationToken);
                return Step.Waiting;
            }
        }

        if (entry.MayGoAt(now) is not { } mayGoAt)
            return await SettleAsync(DeliveryStatus.Undelivered, $"The email service has not said whether it took it, {EmailDelivery.MaxSendings} times. It may have arrived all the same.");
        if (mayGoAt > now)
            return await WaitAsync(mayGoAt, entry.Why ?? "The sender stopped before the email service answered.");
        if (await _writer.AddressOfAsync(notification.To, cancellationToken) is not { } address)
            return await SettleAsync(DeliveryStatus.Undelivered, "There is no address for the recipient.");

        var isUrgent = _writer.IsUrgent(notification);
        var rateLimiter = await _rateLimiter.ReadAsync(cancellationToken);
        if (rateLimiter.State.Ask(_rateLimiter.Limits, isUrgent, now) is { IsGranted: false } asked) return await StopAsync(asked.Why!);
        if (place is null && _rateLimiter.Limits.Any && (await _queue.DueAsync(isUrgent, now, 1, cancellationToken)).Count > 0)
            return await WaitAsync(now, "Others were there before.");
        if (await _writer.ComposeAsync(notification, address, cancellationToken) is not { } email)
            return await SettleAsync(DeliveryStatus.Void, null);

        if (entry.Tries == 0) await _ledger.IndexAsync(notification, entry.OperationId(notification), cancellationToken);
        var turn = await _rateLimiter.TakeAsync(isUrgent, rateLimiter, cancellationToken);
        return turn.IsGranted ? await HandOverAsync(notification, email, found, turn, place, cancellationToken) : await StopAsync(turn.Why!);

        // Unless others have changed it since it was read: then they know better.
        Task<Step> SettleAsync(DeliveryStatus status, string? why) => ChangeAsync(
            notification, found, current => ReferenceEquals(current, entry) ? entry.Settle(status, why, now) : current, place, cancellationToken);

        async Task<Step> StopAsync(string why)
        {
            // One that stands in the queue already keeps its place, and nothing has to be written.
            if (place is null || entry.Status != DeliveryStatus.Waiting) await WaitAsync(place?.From ?? now, why);
            return Step.Stopped;
        }

        async Task<Step> WaitAsync(DateTimeOffset until, string why)
        {
            LogWaits(notification.Id, why);
            await _queue.PutAsync(new(notification, entry.Since, until, why, _writer.IsUrgent(notification)), place, cancellationToken);
            await _ledger.TryWriteAsync(notification, entry.Wait(until, why, now), found.ETag, cancellationToken);
            return Step.Waiting;
        }
    }

    private async Task<Step> HandOverAsync(
        EmailRequest notification,
        OutgoingEmail email,
        StoredDelivery before,
        RateLimitLease turn,
        QueuedEmail? place,
        CancellationToken cancellationToken)
    {
        var claim = before.Entry.Claim(_time.GetUtcNow());
        using var inTime = new CancellationTokenSource(EmailDelivery.MaxHandover);
        if (await _ledger.TryWriteAsync(notification, claim, before.ETag, cancellationToken) is not { } claimed) return Step.Held;

        // From here on it is seen through, whoever still waits for the answer.
        var outcome = await SendAsync(email, claim.OperationId(notification), inTime.Token);
        switch (outcome)
        {
            case SendOutcome.Throttled throttled:
                await _rateLimiter.PauseAsync(EmailDelivery.StoppedBy(throttled.Why), throttled.RetryAfter, CancellationToken.None);
                break;
            case SendOutcome.NotAllowed notAllowed:
                await _rateLimiter.PauseAsync(EmailDelivery.StoppedBy(notAllowed.Why), retryAfter: null, CancellationToken.None);
                break;
            case SendOutcome.Accepted or SendOutcome.AcceptedBefore when turn.RefusedSince is not null:
                await _rateLimiter.GoOnAsync(CancellationToken.None);
                break;
        }

        var step = await ChangeAsync(
            notification,
            new(claim, claimed),
            entry => entry.Answered(outcome, before.Entry, claim, turn.RefusedSince, _time.GetUtcNow()),
            place,
            CancellationToken.None);
        return outcome is SendOutcome.Throttled or SendOutcome.NotAllowed ? Step.Stopped : step;
    }

    private async Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(email, operationId, cancellationToken);
        }
        catch (Exception exception)
        {
            // The type alone: a message may quote the address.
            return new SendOutcome.Unknown(exception is OperationCanceledException ? "it took too long" : exception.GetType().Name);
        }
    }

    /// <summary>Changes an entry that may be changed by others at the same time, and sees to what follows: the queue, the dead letters.</summary>
    /// <param name="found">The entry as it was read.</param>
    /// <param name="change">What is to become of it; the same where there is nothing to change.</param>
    private async Task<Step> ChangeAsync(
        EmailRequest notification,
        StoredDelivery? found,
        Func<EmailDelivery, EmailDelivery> change,
        QueuedEmail? place,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = _time.GetUtcNow();
            var before = found?.Entry ?? EmailDelivery.New(now);
            var after = change(before);
            if (after.Status == DeliveryStatus.Waiting && after != before)
            {
                LogWaits(notification.Id, after.Why!);
                await _queue.PutAsync(new(notification, after.Since, after.NotBefore, after.Why!, _writer.IsUrgent(notification)), place, cancellationToken);
            }

            if (after == before || await _ledger.TryWriteAsync(notification, after, found?.ETag, cancellationToken) is not null)
            {
                await FollowAsync(notification, before, after, place, cancellationToken);
                return after.IsSettled ? Step.Settled : after.Status == DeliveryStatus.Claimed ? Step.Held : Step.Waiting;
            }

            found = await _ledger.FindAsync(notification, cancellationToken);
        }

        // The claim runs out, and what is not known counts as doubt.
        return Step.Held;
    }

    private async Task FollowAsync(EmailRequest notification, EmailDelivery before, EmailDelivery after, QueuedEmail? place, CancellationToken cancellationToken)
    {
        if (after.Status == DeliveryStatus.Undelivered)
        {
            // Written even where nothing has changed: a crash may have come between the ledger and the letter.
            await _deadLetters.PutAsync(new(notification, after.Why!, after.At), cancellationToken);
            if (before.Status != DeliveryStatus.Undelivered)
            {
                LogDead(notification.Id, after.Why!);
                _metrics.EmailUndelivered();
            }
        }

        // It arrived after all, or was sent just after a person's try that a crash cut short.
        if (after.Status is DeliveryStatus.Delivered or DeliveryStatus.Sent && (before.Status == DeliveryStatus.Undelivered || after.Round > 0))
            await _deadLetters.RemoveAsync(notification.Id, cancellationToken);
        if (place is not null && after.IsSettled) await _queue.RemoveAsync(place, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {Id} waits: {Why}")]
    private partial void LogWaits(string id, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {Id} is a dead letter: {Why}")]
    private partial void LogDead(string id, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {Id} waits and could not be seen to.")]
    private partial void LogFailed(Exception exception, string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "A delivery report names operation {Operation}, which is not ours.")]
    private partial void LogStranger(Guid operation);
}

/// <summary>What came of handing in a notification.</summary>
public enum SubmitResult
{
    /// <summary>It needs nothing more.</summary>
    Done,

    /// <summary>It stands in the queue.</summary>
    Waits,

    /// <summary>It has to be handed in again: another sender has it in hand, who may have died.</summary>
    Again,
}

/// <summary>What came of another try.</summary>
public enum RetryOutcome
{
    /// <summary>There was no such letter, or no longer.</summary>
    Gone,

    /// <summary>It was sent, or need not be any more.</summary>
    Sent,

    /// <summary>It waits in the queue.</summary>
    Waits,

    /// <summary>It is a dead letter again.</summary>
    Failed,
}
