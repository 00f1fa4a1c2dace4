using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Email;

/// <summary>
/// Emails that wait: for their turn, or for the time to be tried again. The urgent ones stand apart; in either lane the one that may go
/// for longest is the first, so that none is overtaken for ever.
/// </summary>
public sealed class EmailQueue(ITableStore store, UnreadableRows rows) : IStoredRows
{
    private const string Partition = "waiting";
    private const int StampLength = 19;

    /// <summary>So many rows that cannot be read may stand before the first that can.</summary>
    private const int MaxUnreadable = 10;

    /// <summary>Puts an email into the queue.</summary>
    /// <param name="former">The place that it had, which it loses; null where it had none.</param>
    internal async Task PutAsync(QueuedEmail email, QueuedEmail? former, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, object>
        {
            ["Request"] = JsonSerializer.Serialize(email.EmailRequest, StreamJson.Options),
            ["Since"] = email.Since,
            ["Reason"] = email.Reason,
        };
        List<Change> changes = [new Upsert(email.Place, properties)];
        if (former is not null && former.Place != email.Place) changes.Add(new Delete(former.Place));
        await store.CommitAsync(TableNames.Emails, Partition, changes, cancellationToken);
    }

    /// <summary>Takes an email out of the queue.</summary>
    internal async Task RemoveAsync(QueuedEmail email, CancellationToken cancellationToken) =>
        await store.CommitAsync(TableNames.Emails, Partition, [new Delete(email.Place)], cancellationToken);

    /// <summary>Those of a lane that may go by now, in queue order.</summary>
    internal async Task<IReadOnlyList<QueuedEmail>> DueAsync(
        bool isUrgent,
        DateTimeOffset now,
        int take,
        CancellationToken cancellationToken)
    {
        var lane = QueuedEmail.Lane(isUrgent);
        var page = await store.QueryAsync(
            TableNames.Emails, Partition, new(lane, lane + QueuedEmail.Stamp(now.AddTicks(1))), take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.Emails, page.Entities, EmailOf)];
    }

    /// <summary>That of a lane which may go first; null where the lane is empty.</summary>
    internal async Task<QueuedEmail?> FirstAsync(bool isUrgent, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(
            TableNames.Emails, Partition, RowRange.Prefix(QueuedEmail.Lane(isUrgent)), MaxUnreadable, cancellationToken: cancellationToken);
        return rows.Read(TableNames.Emails, page.Entities, EmailOf).FirstOrDefault();
    }

    /// <summary>A page of what waits: the urgent ones before the others, in each lane the one that may go first.</summary>
    /// <param name="take">1 to 1,000.</param>
    /// <param name="after">The <see cref="QueuedEmail.Place"/> after which to begin; null for the first page.</param>
    public async Task<IReadOnlyList<QueuedEmail>> PageAsync(int take, string? after = null, CancellationToken cancellationToken = default)
    {
        var range = after is null ? RowRange.All : new RowRange(after + "\0", null);
        var page = await store.QueryAsync(TableNames.Emails, Partition, range, take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.Emails, page.Entities, EmailOf)];
    }

    /// <summary>Reads the queue, so that those rows are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var entity in store.ReadAllAsync(TableNames.Emails, Partition, RowRange.All, cancellationToken))
            rows.TryRead(TableNames.Emails, entity, EmailOf, out _);
    }

    private static QueuedEmail EmailOf(Entity entity) => new(
        JsonSerializer.Deserialize<EmailRequest>((string)entity.Properties["Request"], StreamJson.Options)!,
        (DateTimeOffset)entity.Properties["Since"],
        new DateTimeOffset(long.Parse(entity.Row.AsSpan(QueuedEmail.LaneLength, StampLength), CultureInfo.InvariantCulture), TimeSpan.Zero),
        (string)entity.Properties["Reason"],
        entity.Row.StartsWith(QueuedEmail.Lane(isUrgent: true), StringComparison.Ordinal));
}

/// <summary>An email that waits.</summary>
/// <param name="EmailRequest">Which email it is.</param>
/// <param name="Since">Since when it is to be sent.</param>
/// <param name="From">When it may go at the earliest. In the past where it waits for its turn only.</param>
/// <param name="Reason">Why it waits, in words for people.</param>
/// <param name="IsUrgent">
/// Whether it may use what is kept for urgent emails: it asks for a decision, for which someone at risk may wait.
/// </param>
public sealed record QueuedEmail(EmailRequest EmailRequest, DateTimeOffset Since, DateTimeOffset From, string Reason, bool IsUrgent)
{
    internal const int LaneLength = 2;

    /// <summary>Where it stands in the queue.</summary>
    public string Place => Lane(IsUrgent) + Stamp(From) + "-" + EmailRequest.Id;

    internal static string Lane(bool isUrgent) => isUrgent ? "0-" : "1-";

    internal static string Stamp(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
