using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Administration;

/// <summary>
/// Who did what to orchestrations, emails and checkpoints, and why: rows that are only ever added. An act's entry is durable before the act begins, so
/// that there is no act without its entry; its outcome is added after.
/// </summary>
public sealed class AdminLog(ITableStore store, TimeProvider time) : IAdministratorsLog
{
    private const string Partition = "log";
    private const string StateRow = "state";
    private const string EntryPrefix = "entry-";
    private const string OutcomePrefix = "outcome-";
    private const string KeyPrefix = "key-";

    /// <summary>How often an entry is tried again when others write at the same time.</summary>
    private const int Attempts = 20;

    /// <summary>Writes what is about to be done, unless the person has sent the same before.</summary>
    /// <param name="key">The sender's key for this one act.</param>
    /// <returns>The entry under this key: a new one, or that of the first sending, even where that was for another action.</returns>
    public async Task<AdminLogEntry> BeginAsync(Person person, AdminAction action, string target, string reason, string key, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(person, key, cancellationToken) is { } earlier) return earlier;
            var head = await store.GetAsync(TableNames.Administration, Partition, StateRow, cancellationToken);
            var (count, lastHash) = head is null ? (0, AdminLogEntry.Start) : ((long)head.Properties["Count"], (string)head.Properties["LastHash"]);
            var entry = new AdminLogEntry(count + 1, time.GetUtcNow(), person.Id, person.Name, action, target, reason, lastHash, "", null).Sealed();
            var after = new Dictionary<string, object> { ["Count"] = entry.Sequence, ["LastHash"] = entry.Hash };
            try
            {
                await store.CommitAsync(
                    TableNames.Administration,
                    Partition,
                    [
                        head is null ? new Insert(StateRow, after) : new Replace(StateRow, after, head.ETag),
                        new Insert(Row(EntryPrefix, entry.Sequence), Properties(entry)),
                        new Insert(KeyRow(person, key), new Dictionary<string, object> { ["Sequence"] = entry.Sequence }),
                    ],
                    cancellationToken);
                return entry;
            }
            catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException && attempt < Attempts)
            {
                // Another entry was first: this one follows it.
            }
        }
    }

    /// <summary>Adds what came of the act; what was added first stays.</summary>
    public async Task<AdminLogEntry> EndAsync(AdminLogEntry entry, bool isDone, string words, CancellationToken cancellationToken = default)
    {
        var outcome = new ActionOutcome(time.GetUtcNow(), isDone, words, "").SealedTo(entry.Hash);
        var properties = new Dictionary<string, object>
        {
            ["At"] = outcome.At,
            ["IsDone"] = outcome.IsDone,
            ["Message"] = outcome.Message,
            ["Hash"] = outcome.Hash,
        };
        try
        {
            await store.CommitAsync(TableNames.Administration, Partition, [new Insert(Row(OutcomePrefix, entry.Sequence), properties)], cancellationToken);
            return entry with { Outcome = outcome };
        }
        catch (EntityExistsException)
        {
            return await FindAsync(entry.Sequence, cancellationToken) ?? entry;
        }
    }

    /// <summary>The entry, or null where there is none of this number.</summary>
    public async Task<AdminLogEntry?> FindAsync(long sequence, CancellationToken cancellationToken = default)
    {
        if (sequence < 1 || await store.GetAsync(TableNames.Administration, Partition, Row(EntryPrefix, sequence), cancellationToken) is not { } entity) return null;
        var outcome = await store.GetAsync(TableNames.Administration, Partition, Row(OutcomePrefix, sequence), cancellationToken);
        return EntryOf(entity, outcome);
    }

    /// <summary>The entry that this person began with this key, or null.</summary>
    public async Task<AdminLogEntry?> FindAsync(Person person, string key, CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Administration, Partition, KeyRow(person, key), cancellationToken) is { } entity
            ? await FindAsync((long)entity.Properties["Sequence"], cancellationToken)
            : null;

    /// <summary>A page of entries, the newest first.</summary>
    /// <param name="before">The number before which to begin; null for the newest.</param>
    /// <param name="take">1 to 999.</param>
    public async Task<AdminLogPage> PageAsync(long? before, int take, CancellationToken cancellationToken = default)
    {
        if (await store.GetAsync(TableNames.Administration, Partition, StateRow, cancellationToken) is not { } head) return new([], null, null, null);
        var count = (long)head.Properties["Count"];
        var end = Math.Clamp(before ?? count + 1, 1, count + 1);
        var start = Math.Max(1, end - take);

        // One more than is shown, the older neighbour, to which the oldest shown has to fit.
        var first = Math.Max(1, start - 1);
        var entries = await store.QueryAsync(
            TableNames.Administration, Partition, Range(EntryPrefix, first, end), take + 1, cancellationToken: cancellationToken);
        var outcomes = await store.QueryAsync(
            TableNames.Administration, Partition, Range(OutcomePrefix, first, end), take + 1, cancellationToken: cancellationToken);
        var outcomeOf = outcomes.Entities.ToDictionary(entity => Sequence(OutcomePrefix, entity));
        var read = entries.Entities.Select(entity => EntryOf(entity, outcomeOf.GetValueOrDefault(Sequence(EntryPrefix, entity)))).ToList();

        var broken = FirstBroken(read, first, end, end == count + 1 ? (string)head.Properties["LastHash"] : null);
        return new(
            [.. read.Where(entry => entry.Sequence >= start).Reverse()],
            start > 1 ? start : null,
            end <= count ? Math.Min(end + take, count + 1) : null,
            broken);
    }

    /// <inheritdoc/>
    public async ValueTask<(long Sequence, string Hash)?> HeadAsync(CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Administration, Partition, StateRow, cancellationToken) is { } head
            ? ((long)head.Properties["Count"], (string)head.Properties["LastHash"])
            : null;

    /// <inheritdoc/>
    public async Task<long?> VerifyAsync(long sequence, string hash, CancellationToken cancellationToken = default)
    {
        var previous = AdminLogEntry.Start;
        var expected = 1L;
        await foreach (var entity in store.ReadAllAsync(TableNames.Administration, Partition, Range(EntryPrefix, 1, sequence + 1), cancellationToken))
        {
            if (TryEntryOf(entity) is not { IsIntact: true } entry || entry.Sequence != expected || entry.PreviousHash != previous) return expected;
            previous = entry.Hash;
            expected++;
        }

        if (expected <= sequence) return expected;
        return previous == hash ? null : sequence;
    }

    private static long? FirstBroken(IReadOnlyList<AdminLogEntry> read, long first, long end, string? lastHash)
    {
        var previous = first == 1 ? AdminLogEntry.Start : null;
        for (var expected = first; expected < end; expected++)
        {
            var index = (int)(expected - first);
            if (index >= read.Count || read[index].Sequence != expected || !read[index].IsIntact) return expected;
            if (previous is not null && read[index].PreviousHash != previous) return expected;
            previous = read[index].Hash;
        }

        return lastHash is not null && previous != lastHash ? end - 1 : null;
    }

    private static Dictionary<string, object> Properties(AdminLogEntry entry) => new()
    {
        ["At"] = entry.At,
        ["PersonId"] = entry.PersonId,
        ["PersonName"] = entry.PersonName,
        ["Action"] = entry.Action.ToString(),
        ["Target"] = entry.Target,
        ["Reason"] = entry.Reason,
        ["PreviousHash"] = entry.PreviousHash,
        ["Hash"] = entry.Hash,
    };

    private static AdminLogEntry EntryOf(Entity entity, Entity? outcome) => new(
        Sequence(EntryPrefix, entity),
        (DateTimeOffset)entity.Properties["At"],
        (string)entity.Properties["PersonId"],
        (string)entity.Properties["PersonName"],
        Enum.Parse<AdminAction>((string)entity.Properties["Action"]),
        (string)entity.Properties["Target"],
        (string)entity.Properties["Reason"],
        (string)entity.Properties["PreviousHash"],
        (string)entity.Properties["Hash"],
        outcome is null
            ? null
            : new(
                (DateTimeOffset)outcome.Properties["At"],
                (bool)outcome.Properties["IsDone"],
                (string)outcome.Properties["Message"],
                (string)outcome.Properties["Hash"]));

    /// <summary>The entry without its outcome, or null where it can no longer be read.</summary>
    private static AdminLogEntry? TryEntryOf(Entity entity)
    {
        try
        {
            return EntryOf(entity, outcome: null);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidCastException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static RowRange Range(string prefix, long first, long end) => new(Row(prefix, first), Row(prefix, end));

    private static string Row(string prefix, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{sequence:D10}");

    private static long Sequence(string prefix, Entity entity) => long.Parse(entity.Row.AsSpan(prefix.Length), CultureInfo.InvariantCulture);

    /// <summary>A key comes from outside and may hold what a row must not: its hash may not.</summary>
    private static string KeyRow(Person person, string key) => KeyPrefix + Hashing.OfParts(person.Id, key);
}

/// <summary>A page of the audit, the newest entry first.</summary>
/// <param name="Older">The number before which the next page begins; null on the last.</param>
/// <param name="BrokenAt">The oldest entry of the page that is not what was recorded, or before which one is missing; null where all is whole.</param>
/// <param name="Newer">The number before which the page of the newer ones begins; null on the newest.</param>
public sealed record AdminLogPage(IReadOnlyList<AdminLogEntry> Entries, long? Older, long? Newer, long? BrokenAt);
