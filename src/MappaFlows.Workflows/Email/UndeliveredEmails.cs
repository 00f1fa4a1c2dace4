using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>Emails that could not be sent or did not arrive. A person may have one tried again.</summary>
public sealed class UndeliveredEmails : IStoredRows
{
    private readonly UndeliveredEmailStore _undelivered;
    private readonly EmailDeliveryStore _deliveries;
    private readonly EmailQueue _queue;
    private readonly EmailComposer _composer;
    private readonly EmailSender _sender;
    private readonly TimeProvider _time;

    public UndeliveredEmails(
        ITableStore store,
        EmailQueue queue,
        EmailComposer composer,
        EmailSender sender,
        UnreadableRows rows,
        TimeProvider time)
    {
        (_queue, _composer, _sender, _time) = (queue, composer, sender, time);
        (_undelivered, _deliveries) = (new(store, rows), new(store));
    }

    /// <summary>A page, in the order of the emails' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public Task<IReadOnlyList<UndeliveredEmail>> PageAsync(int take, string? after = null, CancellationToken cancellationToken = default) =>
        _undelivered.PageAsync(take, after, cancellationToken);

    /// <summary>The email, or null where there is none of this id.</summary>
    public async Task<UndeliveredEmail?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await _undelivered.FindAsync(id, cancellationToken);

    /// <summary>Reads each, so that those rows are known which cannot be read.</summary>
    public Task ReadAllAsync(CancellationToken cancellationToken) => _undelivered.ReadAllAsync(cancellationToken);

    /// <summary>Tries one again. Safe to run twice: a crash leaves the email where it was, or in the queue.</summary>
    public async Task<RetryOutcome> RetryAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await PutBackAsync(id, cancellationToken) is not { } queued) return RetryOutcome.Gone;
        var progress = await _sender.AdvanceAsync(queued.EmailRequest, queued, cancellationToken);
        return progress != EmailProgress.Settled ? RetryOutcome.Waits
            : await FindAsync(id, cancellationToken) is null ? RetryOutcome.Sent
            : RetryOutcome.Failed;
    }

    /// <summary>Puts one back into the queue.</summary>
    /// <returns>Its place there; null where there is no such email.</returns>
    internal async Task<QueuedEmail?> PutBackAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await _undelivered.FindAsync(id, cancellationToken) is not { EmailRequest: var request }) return null;
        var now = _time.GetUtcNow();
        var queued = new QueuedEmail(request, now, now, "A person asked for another try.", _composer.IsUrgent(request));
        await _queue.PutAsync(queued, former: null, cancellationToken);

        // Where it is not undelivered (a crash came between) or no longer (another person was first) it is sent already, or about to be.
        if (await _deliveries.FindAsync(request, cancellationToken) is { Entry.Status: DeliveryStatus.Undelivered } found)
            await _deliveries.TryWriteAsync(request, found.Entry.Raise(now), found.ETag, cancellationToken);
        await _undelivered.RemoveAsync(id, cancellationToken);
        return queued;
    }
}

/// <summary>An email that could not be sent or did not arrive, and why.</summary>
public sealed record UndeliveredEmail(EmailRequest EmailRequest, string Reason, DateTimeOffset At);

/// <summary>What came of another try.</summary>
public enum RetryOutcome
{
    /// <summary>There was no such email, or no longer.</summary>
    Gone,

    /// <summary>It was sent, or need not be any more.</summary>
    Sent,

    /// <summary>It waits in the queue.</summary>
    Waits,

    /// <summary>It is undelivered again.</summary>
    Failed,
}
