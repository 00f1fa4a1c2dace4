using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.Outbox;
using MappaFlows.Workflows.People;
using MappaFlows.Workflows.Storage;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Notifications;

/// <summary>
/// Sends notifications, each once as far as that can be known: a row in the ledger is claimed before an email is handed to the carrier
/// and settled after. What cannot be sent is a dead letter, for a person to see.
/// </summary>
public sealed partial class PostOffice(
    ITableStore store,
    IMailCarrier carrier,
    IPeopleDirectory people,
    CaseStore cases,
    PendingCases pending,
    ApprovalLinks approvalLinks,
    ProductOptions options,
    ProductMetrics metrics,
    TimeProvider time,
    ILogger<PostOffice> logger)
{
    /// <summary>The partition of what could not be sent.</summary>
    private const string DeadLetters = "dead-letters";

    /// <summary>The partition that finds a notification by its operation.</summary>
    private const string Operations = "operations";

    /// <summary>How long an email waits that could not be handed over.</summary>
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>How long a claim holds: after it a sender that did not come back is taken to have died.</summary>
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(5);

    private enum Settled
    {
        Claimed,
        Waiting,
        Sent,
        Void,
        Dead,
    }

    /// <summary>Takes a notification over.</summary>
    /// <returns>True when it is settled: sent, void or dead. False when it has to be handed in again later.</returns>
    public async Task<bool> HandInAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(notification, cancellationToken) is not { } claim) return false;
        if (claim.IsSettled) return true;

        if (await AddressOfAsync(notification.To, cancellationToken) is not { } address)
        {
            await BuryAsync(notification, claim, "There is no address for the recipient.", cancellationToken);
            return true;
        }

        if (await WriteAsync(notification, address, cancellationToken) is not { } email)
        {
            await SettleAsync(notification, claim, Settled.Void, null, null, cancellationToken);
            return true;
        }

        switch (await carrier.CarryAsync(email, OperationId(notification), cancellationToken))
        {
            case MailOutcome.Throttled throttled:
                await PostponeAsync(notification, claim, throttled.Why, throttled.RetryAfter, cancellationToken);
                return false;
            case MailOutcome.NotAllowed notAllowed:
                await PostponeAsync(notification, claim, notAllowed.Why, null, cancellationToken);
                return false;
            case MailOutcome.Unknown unknown:
                await PostponeAsync(notification, claim, unknown.Why, null, cancellationToken);
                return false;
            case MailOutcome.Rejected rejected:
                await BuryAsync(notification, claim, rejected.Why, cancellationToken);
                return true;
            default:
                await SettleAsync(notification, claim, Settled.Sent, null, null, cancellationToken);
                return true;
        }
    }

    /// <summary>Takes back an email that did not arrive.</summary>
    internal async Task ReturnAsync(Guid operationId, string why, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(TableNames.Post, Operations, operationId.ToString("N"), cancellationToken) is not { } found) return;
        var notification = JsonSerializer.Deserialize<Notification>((string)found.Properties["Notification"], CaseJson.Options)!;
        var row = await store.GetAsync(TableNames.Post, notification.Reference.ToString(), notification.Id, cancellationToken);
        if (row is null || (string)row.Properties["Status"] == nameof(Settled.Dead)) return;
        await BuryAsync(notification, new(false, row.ETag, (int)row.Properties["Attempts"]), why, cancellationToken);
    }

    /// <summary>A page of what could not be sent, in the order of the notifications' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int take, string? after = null, CancellationToken cancellationToken = default)
    {
        var range = after is null ? RowRange.All : new RowRange(after + "\0", null);
        var page = await store.QueryAsync(TableNames.Post, DeadLetters, range, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(LetterOf)];
    }

    /// <summary>What could not be sent, or null where there is none of this id.</summary>
    public async Task<DeadLetter?> FindDeadLetterAsync(string notificationId, CancellationToken cancellationToken = default) =>
        await FindLetterRowAsync(notificationId, cancellationToken) is { } row ? LetterOf(row) : null;

    /// <summary>Puts what could not be sent back into its case's outbox. Safe to run twice: a crash leaves the letter where it was, or sends it once.</summary>
    /// <returns>The case whose outbox is to be seen to; null where there is no such letter.</returns>
    public async Task<CaseReference?> RetryAsync(string notificationId, CancellationToken cancellationToken = default)
    {
        if (await FindLetterRowAsync(notificationId, cancellationToken) is not { } row) return null;
        var notification = LetterOf(row).Notification;
        await RaiseFromTheDeadAsync(notification, cancellationToken);
        await cases.AddToOutboxAsync(
            notification.Reference, $"retry-{OperationId(notification):N}", new SendNotification(notification), cancellationToken);

        // The row stands in the outbox before the mark does: a dispatcher that finds the outbox empty cannot take this mark away.
        await pending.MarkAsync(notification.Reference, await cases.VersionAsync(notification.Reference, cancellationToken), cancellationToken);
        try
        {
            await store.CommitAsync(TableNames.Post, DeadLetters, [new Delete(row.Row, row.ETag)], cancellationToken);
        }
        catch (EntityChangedException)
        {
            // It was tried already, by a sweep, and is dead anew; or another has taken it away.
        }

        return notification.Reference;
    }

    /// <summary>The same notification is always the same operation, however often it is tried.</summary>
    internal static Guid OperationId(Notification notification) => new(SHA256.HashData(Encoding.UTF8.GetBytes(notification.Id)).AsSpan(0, 16));

    private async Task<OutgoingEmail?> WriteAsync(Notification notification, string address, CancellationToken cancellationToken)
    {
        if (await cases.LoadAsync(notification.Reference, cancellationToken) is not { Case: var @case }) return null;

        string? token = null;
        if (NotificationText.AsksForDecision(notification.Kind))
        {
            token = await approvalLinks.IssueAsync(
                notification.Reference, notification.Subject!.Value, notification.Request!.Value, notification.To.PersonId!, cancellationToken);
            if (token is null) return null;
        }

        var (subject, sentence) = NotificationText.Of(notification.Kind, notification.Reference);
        var link = options.PublicUrl.TrimEnd('/') + NotificationText.Path(notification, token);
        var text = $"""
            {sentence}

            Reference: {notification.Reference}
            {link}

            You will be asked to sign in. This email says no more on purpose: please do not reply to it, and do not add details to it when you pass it on.
            """;
        return new(address, subject, text, [link], Attachments(notification, @case, link));
    }

    private IReadOnlyList<EmailAttachment> Attachments(Notification notification, Case @case, string link)
    {
        if (notification.Kind is not (NotificationKind.MeetingInvitation or NotificationKind.MeetingMoved)) return [];
        var meeting = @case.Meetings.First(meeting => meeting.Number == notification.Subject);
        return [MeetingInvitation.Of(@case, meeting, options.SenderAddress, link, time.GetUtcNow())];
    }

    private async ValueTask<string?> AddressOfAsync(Recipient to, CancellationToken cancellationToken)
    {
        var address = to.PersonId is not null
            ? (await people.FindAsync(to.PersonId, cancellationToken))?.Email
            : await people.AgencyMailboxAsync(to.AreaCode!, to.AgencyId!, cancellationToken);
        return string.IsNullOrWhiteSpace(address) ? null : address;
    }

    /// <summary>Claims the notification's row in the ledger.</summary>
    /// <returns>The claim; null while another holds one, or while its time to be tried again has not come.</returns>
    private async Task<Claim?> ClaimAsync(Notification notification, CancellationToken cancellationToken)
    {
        var partition = notification.Reference.ToString();
        var now = time.GetUtcNow();
        var row = await store.GetAsync(TableNames.Post, partition, notification.Id, cancellationToken);
        if (row is not null)
        {
            var status = Enum.Parse<Settled>((string)row.Properties["Status"]);
            if (status is Settled.Sent or Settled.Void or Settled.Dead) return new(true, "", 0);
            if (now < (DateTimeOffset)row.Properties["NotBefore"]) return null;
        }

        if (row is null)
        {
            // A report may come before the answer to the sending does.
            var operation = new Dictionary<string, object> { ["Notification"] = JsonSerializer.Serialize(notification, CaseJson.Options) };
            await store.CommitAsync(TableNames.Post, Operations, [new Upsert(OperationId(notification).ToString("N"), operation)], cancellationToken);
        }

        var attempt = row is null ? 1 : (int)row.Properties["Attempts"] + 1;
        var properties = Row(notification, Settled.Claimed, attempt, now, null, now + ClaimLasts);
        try
        {
            Change change = row is null ? new Insert(notification.Id, properties) : new Replace(notification.Id, properties, row.ETag);
            var etags = await store.CommitAsync(TableNames.Post, partition, [change], cancellationToken);
            return new(false, etags[0], attempt);
        }
        catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException)
        {
            return null;
        }
    }

    private async ValueTask<Entity?> FindLetterRowAsync(string notificationId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(TableNames.Post, DeadLetters, notificationId, cancellationToken);
        }
        catch (TableLimitException)
        {
            // The id comes from a page's address: what cannot be a key is the id of nothing.
            return null;
        }
    }

    /// <summary>Lets the ledger take a dead notification again. One that was sent meanwhile stays sent.</summary>
    private async Task RaiseFromTheDeadAsync(Notification notification, CancellationToken cancellationToken)
    {
        var partition = notification.Reference.ToString();
        var row = await store.GetAsync(TableNames.Post, partition, notification.Id, cancellationToken);
        if (row is null || (string)row.Properties["Status"] != nameof(Settled.Dead)) return;
        var now = time.GetUtcNow();
        var properties = Row(notification, Settled.Waiting, (int)row.Properties["Attempts"], now, "A person asked for another try.", now);
        try
        {
            await store.CommitAsync(TableNames.Post, partition, [new Replace(notification.Id, properties, row.ETag)], cancellationToken);
        }
        catch (EntityChangedException)
        {
            // Another has it by now.
        }
    }

    private async Task SettleAsync(
        Notification notification,
        Claim claim,
        Settled status,
        string? why,
        DateTimeOffset? notBefore,
        CancellationToken cancellationToken)
    {
        var properties = Row(notification, status, claim.Attempt, time.GetUtcNow(), why, notBefore);
        await store.CommitAsync(TableNames.Post, notification.Reference.ToString(), [new Upsert(notification.Id, properties)], cancellationToken);
    }

    private async Task PostponeAsync(Notification notification, Claim claim, string why, TimeSpan? after, CancellationToken cancellationToken)
    {
        var wait = after ?? TriedAgainAfter;
        LogPostponed(notification.Id, why, wait);
        await SettleAsync(notification, claim, Settled.Waiting, why, time.GetUtcNow() + wait, cancellationToken);
    }

    private async Task BuryAsync(Notification notification, Claim claim, string why, CancellationToken cancellationToken)
    {
        LogDead(notification.Id, why);
        var letter = new Dictionary<string, object>
        {
            ["Notification"] = JsonSerializer.Serialize(notification, CaseJson.Options),
            ["Why"] = why,
            ["At"] = time.GetUtcNow(),
        };
        await store.CommitAsync(TableNames.Post, DeadLetters, [new Upsert(notification.Id, letter)], cancellationToken);
        await SettleAsync(notification, claim, Settled.Dead, why, null, cancellationToken);
        metrics.LetterDied();
    }

    private static DeadLetter LetterOf(Entity entity) => new(
        JsonSerializer.Deserialize<Notification>((string)entity.Properties["Notification"], CaseJson.Options)!,
        (string)entity.Properties["Why"],
        (DateTimeOffset)entity.Properties["At"]);

    private static Dictionary<string, object> Row(
        Notification notification,
        Settled status,
        int attempt,
        DateTimeOffset at,
        string? why,
        DateTimeOffset? notBefore)
    {
        var properties = new Dictionary<string, object>
        {
            ["Kind"] = notification.Kind.ToString(),
            ["Status"] = status.ToString(),
            ["Attempts"] = attempt,
            ["At"] = at,
            ["NotBefore"] = notBefore ?? at,
        };
        if (why is not null) properties["Why"] = why;
        return properties;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {Id} waits {After}: {Why}")]
    private partial void LogPostponed(string id, string why, TimeSpan after);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notification {Id} is a dead letter: {Why}")]
    private partial void LogDead(string id, string why);

    private sealed record Claim(bool IsSettled, string ETag, int Attempt);
}

/// <summary>A notification that could not be sent, and why.</summary>
public sealed record DeadLetter(Notification Notification, string Why, DateTimeOffset At);
