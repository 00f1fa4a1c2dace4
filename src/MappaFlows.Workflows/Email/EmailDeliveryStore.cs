using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>The emails in the table store: a row for each beside the others of its case, and one that finds it by its operation.</summary>
internal sealed class EmailDeliveryStore(ITableStore store)
{
    private const string Operations = "operations";

    /// <summary>The email's entry; null where no one has tried to send it yet.</summary>
    public async ValueTask<StoredDelivery?> FindAsync(EmailRequest request, CancellationToken cancellationToken) =>
        await store.GetAsync(TableNames.Emails, request.Reference.ToString(), request.Id, cancellationToken) is { } row
            ? new(EntryOf(row.Properties), row.ETag)
            : null;

    /// <summary>The rows of a case's emails that cannot be read, by their names.</summary>
    public async Task<IReadOnlyList<string>> UnreadableAsync(CaseReference reference, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var row in store.ReadAllAsync(TableNames.Emails, reference.ToString(), RowRange.All, cancellationToken))
            if (!Unreadable.TryRead(row, entity => ((string)entity.Properties["Template"], EntryOf(entity.Properties)), out _)) found.Add($"{TableNames.Emails}/{row.Row}");
        return found;
    }

    /// <summary>Writes an entry in place of the one that was read.</summary>
    /// <param name="etag">Of the entry that was read; null where there was none.</param>
    /// <returns>The new ETag; null where someone else was first, and nothing was written.</returns>
    public async Task<string?> TryWriteAsync(
        EmailRequest request,
        EmailDelivery entry,
        string? etag,
        CancellationToken cancellationToken)
    {
        var properties = Properties(request, entry);
        Change change = etag is null ? new Insert(request.Id, properties) : new Replace(request.Id, properties, etag);
        try
        {
            return (await store.CommitAsync(TableNames.Emails, request.Reference.ToString(), [change], cancellationToken))[0];
        }
        catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Lets the email be found by its operation. Written before the operation begins: a report may come before its answer.
    /// </summary>
    public async Task IndexAsync(EmailRequest request, Guid operationId, CancellationToken cancellationToken) =>
        await store.CommitAsync(
        TableNames.Emails,
        Operations,
        [
            new Upsert(
                Row(operationId),
                new Dictionary<string, object> { ["Request"] = JsonSerializer.Serialize(request, StreamJson.Options) }),
        ],
        cancellationToken);

    /// <summary>The email that was sent under this operation; null where none was.</summary>
    public async ValueTask<EmailRequest?> FindByOperationAsync(Guid operationId, CancellationToken cancellationToken) =>
        await store.GetAsync(TableNames.Emails, Operations, Row(operationId), cancellationToken) is { } row
            && Unreadable.TryRead(row, RequestOf, out var request)
            ? request
            : null;

    private static EmailRequest RequestOf(Entity row) =>
        JsonSerializer.Deserialize<EmailRequest>((string)row.Properties["Request"], StreamJson.Options)!;

    private static string Row(Guid operationId) => operationId.ToString("N");

    private static Dictionary<string, object> Properties(EmailRequest request, EmailDelivery entry)
    {
        var properties = new Dictionary<string, object>
        {
            ["Template"] = request.Template,
            [nameof(entry.Status)] = entry.Status.ToString(),
            [nameof(entry.Since)] = entry.Since,
            [nameof(entry.At)] = entry.At,
            [nameof(entry.NotBefore)] = entry.NotBefore,
            [nameof(entry.Round)] = entry.Round,
            [nameof(entry.Tries)] = entry.Tries,
            [nameof(entry.Sendings)] = entry.Sendings,
        };
        if (entry.InDoubtSince is { } inDoubtSince) properties[nameof(entry.InDoubtSince)] = inDoubtSince;
        if (entry.Reason is { } why) properties[nameof(entry.Reason)] = why;
        if (entry.ReportedAt is { } reportedAt) properties[nameof(entry.ReportedAt)] = reportedAt;
        return properties;
    }

    private static EmailDelivery EntryOf(IReadOnlyDictionary<string, object> properties) => new(
        Enum.Parse<DeliveryStatus>((string)properties[nameof(EmailDelivery.Status)]),
        (DateTimeOffset)properties[nameof(EmailDelivery.Since)],
        (DateTimeOffset)properties[nameof(EmailDelivery.At)])
    {
        NotBefore = (DateTimeOffset)properties[nameof(EmailDelivery.NotBefore)],
        Round = (int)properties[nameof(EmailDelivery.Round)],
        Tries = (int)properties[nameof(EmailDelivery.Tries)],
        Sendings = (int)properties[nameof(EmailDelivery.Sendings)],
        InDoubtSince = (DateTimeOffset?)properties.GetValueOrDefault(nameof(EmailDelivery.InDoubtSince)),
        Reason = (string?)properties.GetValueOrDefault(nameof(EmailDelivery.Reason)),
        ReportedAt = (DateTimeOffset?)properties.GetValueOrDefault(nameof(EmailDelivery.ReportedAt)),
    };
}

/// <summary>An entry with what the next write has to build on; the ETag of one that was not written yet is null.</summary>
internal sealed record StoredDelivery(EmailDelivery Entry, string? ETag);
