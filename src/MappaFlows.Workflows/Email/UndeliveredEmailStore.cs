using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>The rows of emails that no one will get.</summary>
internal sealed class UndeliveredEmailStore(ITableStore store, UnreadableRows rows)
{
    private const string Partition = "undelivered";

    /// <summary>Adds an email, or changes the reason of one that is there.</summary>
    public async Task PutAsync(UndeliveredEmail email, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Emails, Partition, [new Upsert(email.EmailRequest.Id, Properties(email))], cancellationToken);

    /// <summary>A page, in the order of the emails' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public async Task<IReadOnlyList<UndeliveredEmail>> PageAsync(int take, string? after, CancellationToken cancellationToken)
    {
        var range = after is null ? RowRange.All : new RowRange(after + "\0", null);
        var page = await store.QueryAsync(TableNames.Emails, Partition, range, take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.Emails, page.Entities, EmailOf)];
    }

    /// <summary>The email, or null where there is none of this id.</summary>
    public async ValueTask<UndeliveredEmail?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(TableNames.Emails, Partition, id, cancellationToken) is { } row
                && rows.TryRead(TableNames.Emails, row, EmailOf, out var email)
                ? email
                : null;
        }
        catch (TableLimitException)
        {
            // The id comes from a page's address: what cannot be a key is the id of nothing.
            return null;
        }
    }

    /// <summary>Reads each, so that those rows are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var entity in store.ReadAllAsync(TableNames.Emails, Partition, RowRange.All, cancellationToken))
            rows.TryRead(TableNames.Emails, entity, EmailOf, out _);
    }

    /// <summary>Removes an email; quietly where there is none.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Emails, Partition, [new Delete(id)], cancellationToken);

    private static Dictionary<string, object> Properties(UndeliveredEmail email) => new()
    {
        ["Request"] = JsonSerializer.Serialize(email.EmailRequest, StreamJson.Options),
        ["Reason"] = email.Reason,
        ["At"] = email.At,
    };

    private static UndeliveredEmail EmailOf(Entity entity) => new(
        JsonSerializer.Deserialize<EmailRequest>((string)entity.Properties["Request"], StreamJson.Options)!,
        (string)entity.Properties["Reason"],
        (DateTimeOffset)entity.Properties["At"]);
}
