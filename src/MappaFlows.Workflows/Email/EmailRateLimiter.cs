using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Keeps the email service's limits, and leaves it alone while it asks for that: over every instance of the product and over restarts, by
/// one row in the table store. A place is taken before an email is handed over and never given back, so a crash wastes one at most.
/// </summary>
public sealed class EmailRateLimiter(ITableStore store, IEmailTransport transport, TimeProvider time)
{
    private const string Partition = "rate-limit";
    private const string RowKey = "rate-limit";

    /// <summary>The email service's limits, which are kept.</summary>
    public EmailRateLimits Limits => transport.Limits;

    /// <summary>How full the minute and the hour are, and whether the email service is left alone.</summary>
    public async Task<RateLimitWindow> LookAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken)).State;

    /// <summary>As <see cref="LookAsync"/>, to take a place by.</summary>
    internal async Task<RateLimitReading> ReadAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(TableNames.Emails, Partition, RowKey, cancellationToken) is { } row
            // A row that cannot be read must not hold up every email for ever: it begins again.
            ? new(Unreadable.TryRead(row, one => RateLimitWindow.Of(one.Properties), out var window) ? window : RateLimitWindow.Fresh, row.ETag)
            : new(RateLimitWindow.Fresh, null);

    /// <summary>Takes a place for one email, which is to be handed over at once.</summary>
    /// <param name="reading">What was read a moment ago. Read again where others were faster.</param>
    internal async Task<RateLimitAnswer> TakeAsync(bool isUrgent, RateLimitReading reading, CancellationToken cancellationToken)
    {
        var lease = await Retries.UntilWrittenAsync(TryTakeAsync, cancellationToken);
        return lease ?? new(time.GetUtcNow(), "Others are sending at this moment.");

        async ValueTask<RateLimitAnswer?> TryTakeAsync(bool isAgain, CancellationToken token)
        {
            if (isAgain) reading = await ReadAsync(token);
            var now = time.GetUtcNow();
            var asked = reading.State.Ask(Limits, isUrgent, now);
            return !asked.IsGranted || !Limits.Any || await TryWriteAsync(reading.State.Take(isUrgent, now), reading.ETag, token)
                ? asked
                : null;
        }
    }

    /// <summary>The email service has let nothing through: no one hands anything over for a while.</summary>
    /// <param name="retryAfter">How long the email service asked for; null where it did not say.</param>
    internal Task PauseAsync(string why, TimeSpan? retryAfter, CancellationToken cancellationToken) =>
        ChangeAsync(state => state.Pause(why, retryAfter, time.GetUtcNow()), cancellationToken);

    /// <summary>The email service lets emails through again.</summary>
    internal Task ResumeAsync(CancellationToken cancellationToken) =>
        ChangeAsync(state => state.Refusals == 0 ? state : state.Resume(), cancellationToken);

    private async Task ChangeAsync(Func<RateLimitWindow, RateLimitWindow> change, CancellationToken cancellationToken)
    {
        // Should others be first every time, they have met with the same answer, and write the same.
        await Retries.UntilWrittenAsync<bool>(
            async (_, token) =>
            {
                var (state, etag) = await ReadAsync(token);
                var changed = change(state);
                return changed == state || await TryWriteAsync(changed, etag, token) ? true : null;
            },
            cancellationToken);
    }

    private async Task<bool> TryWriteAsync(RateLimitWindow state, string? etag, CancellationToken cancellationToken)
    {
        Change change = etag is null ? new Insert(RowKey, state.Properties()) : new Replace(RowKey, state.Properties(), etag);
        try
        {
            await store.CommitAsync(TableNames.Emails, Partition, [change], cancellationToken);
            return true;
        }
        catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException)
        {
            return false;
        }
    }
}

/// <summary>Whether an email may be handed over.</summary>
/// <param name="Until">When to ask again; null where it may go.</param>
/// <param name="Reason">Why it may not, in words for people; null where it may.</param>
/// <param name="RefusedSince">
/// Since when the email service has refused everything: this one is to find out whether it still does. Null where it took the last.
/// </param>
public readonly record struct RateLimitAnswer(DateTimeOffset? Until, string? Reason, DateTimeOffset? RefusedSince = null)
{
    public bool IsGranted => Until is null;
}

/// <summary>The window, and the ETag that the next write needs.</summary>
internal sealed record RateLimitReading(RateLimitWindow State, string? ETag);
