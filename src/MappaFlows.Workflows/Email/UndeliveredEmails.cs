using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>Emails that nobody will get, for a person to see.</summary>
internal sealed class UndeliveredEmails(ITableStore store)
{
    private const string Partition = "undelivered";

    /// <summary>Lays an email down here, or changes the reason of one that lies here.</summary>
    public async Task PutAsync(UndeliveredEmail letter, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Emails, Partition, [new Upsert(letter.EmailRequest.Id, Properties(letter))], cancellationToken);

    /// <summary>A page, in the order of the notifications' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public async Task<IReadOnlyList<UndeliveredEmail>> PageAsync(int take, string? after, CancellationToken cancellationToken)
    {
        var range = after is null ? RowRange.All : new RowRange(after + "\0", null);
        var page = await store.QueryAsync(TableNames.Emails, Partition, range, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(LetterOf)];
    }

    /// <summary>The letter, or null where there is none of this id.</summary>
    public async ValueTask<UndeliveredEmail?> FindAsync(string notificationId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(TableNames.Emails, Partition, notificationId, cancellationToken) is { } row ? LetterOf(row) : null;
        }
        catch (TableLimitException)
        {
            // The id comes from a page's address: what cannot be a key is the id of nothing.
            return null;
        }
    }

    /// <summary>Takes a letter away; quietly where there is none.</summary>
    public async Task RemoveAsync(string notificationId, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Emails, Partition, [new Delete(notificationId)], cancellationToken);

    private static Dictionary<string, object> Properties(UndeliveredEmail letter) => new()
    {
        ["Request"] = JsonSerializer.Serialize(letter.EmailRequest, StreamJson.Options),
        ["Why"] = letter.Why,
        ["At"] = letter.At,
    };

    private static UndeliveredEmail LetterOf(Entity entity) => new(
        JsonSerializer.Deserialize<EmailRequest>((string)entity.Properties["Request"], StreamJson.Options)!,
        (string)entity.Properties["Why"],
        (DateTimeOffset)entity.Properties["At"]);
}

/// <summary>A notification that could not be sent or did not arrive, and why.</summary>
public sealed record UndeliveredEmail(EmailRequest EmailRequest, string Why, DateTimeOffset At);
