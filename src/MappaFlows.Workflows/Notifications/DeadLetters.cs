using System.Text.Json;
using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Storage;

namespace MappaFlows.Workflows.Notifications;

/// <summary>Emails that nobody will get, for a person to see.</summary>
internal sealed class DeadLetters(ITableStore store)
{
    private const string Partition = "dead-letters";

    /// <summary>Lays an email down here, or changes the reason of one that lies here.</summary>
    public async Task PutAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Post, Partition, [new Upsert(letter.Notification.Id, Properties(letter))], cancellationToken);

    /// <summary>A page, in the order of the notifications' ids.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The id after which to begin; null for the first page.</param>
    public async Task<IReadOnlyList<DeadLetter>> PageAsync(int take, string? after, CancellationToken cancellationToken)
    {
        var range = after is null ? RowRange.All : new RowRange(after + "\0", null);
        var page = await store.QueryAsync(TableNames.Post, Partition, range, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(LetterOf)];
    }

    /// <summary>The letter, or null where there is none of this id.</summary>
    public async ValueTask<DeadLetter?> FindAsync(string notificationId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(TableNames.Post, Partition, notificationId, cancellationToken) is { } row ? LetterOf(row) : null;
        }
        catch (TableLimitException)
        {
            // The id comes from a page's address: what cannot be a key is the id of nothing.
            return null;
        }
    }

    /// <summary>Takes a letter away; quietly where there is none.</summary>
    public async Task RemoveAsync(string notificationId, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Post, Partition, [new Delete(notificationId)], cancellationToken);

    private static Dictionary<string, object> Properties(DeadLetter letter) => new()
    {
        ["Notification"] = JsonSerializer.Serialize(letter.Notification, CaseJson.Options),
        ["Why"] = letter.Why,
        ["At"] = letter.At,
    };

    private static DeadLetter LetterOf(Entity entity) => new(
        JsonSerializer.Deserialize<Notification>((string)entity.Properties["Notification"], CaseJson.Options)!,
        (string)entity.Properties["Why"],
        (DateTimeOffset)entity.Properties["At"]);
}

/// <summary>A notification that could not be sent or did not arrive, and why.</summary>
public sealed record DeadLetter(Notification Notification, string Why, DateTimeOffset At);
