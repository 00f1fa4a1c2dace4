using System.Globalization;
using System.Text.Json;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Audit;

/// <summary>
/// What a page shows of the checkpoints without opening the checkpoint store, and when the last one was written. Never the truth: that is
/// the checkpoint store, and a check reads it there.
/// </summary>
public sealed class CheckpointIndex(ITableStore store, UnreadableRows rows)
{
    private const string Partition = "checkpoints";
    private const string CheckpointPrefix = "checkpoint-";
    private const string TruncatedPrefix = "truncated-";
    private const string DayRow = "day";
    private const string VerificationRow = "verification";

    /// <summary>Rows sort by number backwards, so that the newest is the first.</summary>
    private const long MaxNumber = 9_999_999_999;

    /// <summary>The newest checkpoint, or null where there is none.</summary>
    public async Task<Checkpoint?> NewestAsync(CancellationToken cancellationToken = default) =>
        (await PageAsync(before: null, 1, cancellationToken)).FirstOrDefault();

    /// <summary>The checkpoint of this number, or null.</summary>
    public async Task<Checkpoint?> FindAsync(long number, CancellationToken cancellationToken = default) =>
        number is > 0 and <= MaxNumber
            && await store.GetAsync(TableNames.Checkpoints, Partition, Row(number), cancellationToken) is { } entity
            && rows.TryRead(TableNames.Checkpoints, entity, CheckpointOf, out var checkpoint)
            ? checkpoint
            : null;

    /// <summary>A page of checkpoints, the newest first.</summary>
    /// <param name="before">The number before which to begin; null for the newest.</param>
    /// <param name="take">1 to 1,000.</param>
    public async Task<IReadOnlyList<Checkpoint>> PageAsync(long? before, int take, CancellationToken cancellationToken = default)
    {
        var first = Math.Clamp(before ?? MaxNumber + 1, 1, MaxNumber + 1) - 1;
        var range = RowRange.Prefix(CheckpointPrefix) with { From = Row(first) };
        var page = await store.QueryAsync(TableNames.Checkpoints, Partition, range, take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.Checkpoints, page.Entities, CheckpointOf)];
    }

    /// <summary>Adds a checkpoint; one that is here stays as it is.</summary>
    public async Task AddAsync(Checkpoint checkpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.CommitAsync(
                TableNames.Checkpoints,
                Partition,
                [new Insert(Row(checkpoint.Number), Properties(checkpoint))],
                cancellationToken);
        }
        catch (EntityExistsException)
        {
            // Another run added it: the document is the same.
        }
    }

    /// <summary>
    /// The cases whose records were found gone or short, in the order of their references, until a check finds them whole.
    /// </summary>
    public async Task<IReadOnlyList<TruncatedStream>> TruncatedStreamsAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<TruncatedStream>();
        await foreach (
            var entity in store.ReadAllAsync(TableNames.Checkpoints, Partition, RowRange.Prefix(TruncatedPrefix), cancellationToken))
        {
            if (rows.TryRead(TableNames.Checkpoints, entity, TruncatedStreamOf, out var one)) found.Add(one);
        }

        return found;
    }

    /// <summary>Keeps that a case's record was found short, in place of what was found of it before.</summary>
    public async Task AddTruncatedStreamAsync(TruncatedStream found, CancellationToken cancellationToken = default) =>
        await store.CommitAsync(
            TableNames.Checkpoints,
            Partition,
            [new Upsert(TruncatedPrefix + found.Case, new Dictionary<string, object> { ["Version"] = found.Version, ["At"] = found.At })],
            cancellationToken);

    /// <summary>Removes a finding, unless the record was found short again since.</summary>
    public async Task RemoveTruncatedStreamAsync(TruncatedStream found, CancellationToken cancellationToken = default)
    {
        var entity = await store.GetAsync(TableNames.Checkpoints, Partition, TruncatedPrefix + found.Case, cancellationToken);
        if (entity is null || !Unreadable.TryRead(entity, TruncatedStreamOf, out var now) || now != found) return;
        try
        {
            await store.CommitAsync(TableNames.Checkpoints, Partition, [new Delete(entity.Row, entity.ETag)], cancellationToken);
        }
        catch (EntityChangedException)
        {
            // It was found again just now, or another check was first.
        }
    }

    /// <summary>
    /// The day for which all cases are in a checkpoint; the first of all days where none is complete yet, null where no run has begun.
    /// </summary>
    public async Task<DateOnly?> LastDayAsync(CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Checkpoints, Partition, DayRow, cancellationToken) is { } entity
            && rows.TryRead(TableNames.Checkpoints, entity, DayOf, out var day)
            ? day
            : null;

    public async Task SetLastDayAsync(DateOnly day, CancellationToken cancellationToken = default) =>
        await store.CommitAsync(
            TableNames.Checkpoints,
            Partition,
            [new Upsert(DayRow, new Dictionary<string, object> { ["Day"] = day.ToString("O", CultureInfo.InvariantCulture) })],
            cancellationToken);

    /// <summary>The check that was begun last, as far as it got; null where there was none.</summary>
    public async Task<VerificationProgress?> LastVerificationAsync(CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Checkpoints, Partition, VerificationRow, cancellationToken) is { } entity
            && rows.TryRead(TableNames.Checkpoints, entity, ProgressOf, out var progress)
            ? progress
            : null;

    /// <summary>Keeps how far a check is, together with what it found of the checkpoint that it looked at last.</summary>
    /// <param name="checkpoint">Null at the beginning, and where the index does not know the checkpoint.</param>
    public async Task KeepAsync(VerificationProgress progress, Checkpoint? checkpoint = null, CancellationToken cancellationToken = default)
    {
        var check = new Dictionary<string, object> { ["Progress"] = JsonSerializer.Serialize(progress, StreamJson.Options) };
        List<Change> changes = [new Upsert(VerificationRow, check)];
        if (checkpoint is not null) changes.Add(new Upsert(Row(checkpoint.Number), Properties(checkpoint)));
        await store.CommitAsync(TableNames.Checkpoints, Partition, changes, cancellationToken);
    }

    private static DateOnly DayOf(Entity entity) => DateOnly.ParseExact((string)entity.Properties["Day"], "O", CultureInfo.InvariantCulture);

    private static VerificationProgress ProgressOf(Entity entity) =>
        JsonSerializer.Deserialize<VerificationProgress>((string)entity.Properties["Progress"], StreamJson.Options)!;

    private static string Row(long number) => string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{MaxNumber - number:D10}");

    private static TruncatedStream TruncatedStreamOf(Entity entity) => new(
        CaseReference.Parse(entity.Row[TruncatedPrefix.Length..]),
        (long)entity.Properties["Version"],
        (DateTimeOffset)entity.Properties["At"]);

    private static Dictionary<string, object> Properties(Checkpoint checkpoint)
    {
        var properties = new Dictionary<string, object>
        {
            ["Number"] = checkpoint.Number,
            ["At"] = checkpoint.At,
            ["Entries"] = checkpoint.Entries,
            ["Sha256"] = checkpoint.Sha256,
        };
        if (checkpoint.CheckedAt is not { } checkedAt) return properties;
        properties["CheckedAt"] = checkedAt;
        properties["Discrepancies"] = checkpoint.Discrepancies;
        return properties;
    }

    private static Checkpoint CheckpointOf(Entity entity) => new(
        (long)entity.Properties["Number"],
        (DateTimeOffset)entity.Properties["At"],
        (int)entity.Properties["Entries"],
        (string)entity.Properties["Sha256"])
    {
        CheckedAt = (DateTimeOffset?)entity.Properties.GetValueOrDefault("CheckedAt"),
        Discrepancies = (int?)entity.Properties.GetValueOrDefault("Discrepancies") ?? 0,
    };
}

/// <summary>A checkpoint as a list shows it.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Entries">How many cases it holds.</param>
/// <param name="Sha256">The hash of its document, which the next one names.</param>
public sealed record Checkpoint(long Number, DateTimeOffset At, int Entries, string Sha256)
{
    /// <summary>When it was last checked; null for never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>How many disagreements its last check found.</summary>
    public int Discrepancies { get; init; }
}
