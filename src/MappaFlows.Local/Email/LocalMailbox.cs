using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Local.Email;

/// <summary>
/// Where every email of the product ends on one machine: kept in the table store, to be read in a browser. None leaves the machine.
/// </summary>
public sealed class LocalMailbox(ITableStore store, TimeProvider time) : IEmailTransport
{
    private const string Table = "LocalMail";
    private const string Partition = "mailbox";
    private const string MailPrefix = "mail-";
    private const string OperationPrefix = "operation-";

    /// <summary>Keeps the email, once for each operation.</summary>
    public async Task<SendOutcome> SendAsync(OutgoingEmail email, Guid operationId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"{MailPrefix}{DateTimeOffset.MaxValue.Ticks - at.Ticks:D19}-{operationId:N}");
        var properties = new Dictionary<string, object> { ["At"] = at, ["Email"] = JsonSerializer.Serialize(email, StreamJson.Options) };
        try
        {
            await store.CommitAsync(
                Table,
                Partition,
                [
                    new Insert($"{OperationPrefix}{operationId:N}", new Dictionary<string, object> { ["Row"] = row }),
                    new Insert(row, properties),
                ],
                cancellationToken);
        }
        catch (EntityExistsException)
        {
            // Carried before: the same operation is the same email.
        }

        return new SendOutcome.Accepted();
    }

    /// <summary>A page of emails, the newest first.</summary>
    /// <param name="take">1 to 1,000.</param>
    public async Task<MailboxPage> ListAsync(int take, string? continuation = null, CancellationToken cancellationToken = default)
    {
        var range = RowRange.Prefix(MailPrefix);
        if (continuation is not null) range = range with { From = $"{MailPrefix}{continuation}\0" };
        var page = await store.QueryAsync(Table, Partition, range, take, cancellationToken: cancellationToken);
        return new(
            [.. page.Entities.Select(EmailOf)],
            page.Continuation is null ? null : page.Entities[^1].Row[MailPrefix.Length..]);
    }

    /// <summary>The email with this id, or null.</summary>
    public async Task<DeliveredEmail?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var pointer = await store.GetAsync(Table, Partition, $"{OperationPrefix}{id:N}", cancellationToken);
        if (pointer is null) return null;
        return await store.GetAsync(Table, Partition, (string)pointer.Properties["Row"], cancellationToken) is { } entity
            ? EmailOf(entity)
            : null;
    }

    /// <summary>Whether the text has the form of a <see cref="MailboxPage.Continuation"/>.</summary>
    public static bool IsContinuation(string text) =>
        text.Length == 52 && text[19] == '-' && text.All(character => char.IsAsciiHexDigitLower(character) || character == '-');

    private static DeliveredEmail EmailOf(Entity entity) => new(
        Guid.ParseExact(entity.Row.AsSpan(^32), "N"),
        (DateTimeOffset)entity.Properties["At"],
        JsonSerializer.Deserialize<OutgoingEmail>((string)entity.Properties["Email"], StreamJson.Options)!);
}

/// <summary>An email in the local mailbox.</summary>
/// <param name="Id">The operation that sent it.</param>
/// <param name="At">When it was carried, by the product's clock.</param>
public sealed record DeliveredEmail(Guid Id, DateTimeOffset At, OutgoingEmail Email);

/// <summary>A page of emails; the continuation is null on the last.</summary>
public sealed record MailboxPage(IReadOnlyList<DeliveredEmail> Emails, string? Continuation);
