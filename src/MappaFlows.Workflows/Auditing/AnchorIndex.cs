using System.Globalization;
using System.Text.Json;
using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Storage;

namespace MappaFlows.Workflows.Auditing;

/// <summary>
/// What a page shows of the anchors without opening the vault, and when cases were last anchored. Never the truth: that is the vault, and
/// a check reads it there.
/// </summary>
public sealed class AnchorIndex(ITableStore store)
{
    private const string Partition = "anchors";
    private const string AnchorPrefix = "anchor-";
    private const string ShortPrefix = "short-";
    private const string DayRow = "day";
    private const string CheckRow = "check";

    /// <summary>Rows sort by number backwards, so that the newest is the first.</summary>
    private const long HighestNumber = 9_999_999_999;

    /// <summary>The newest anchor, or null where there is none.</summary>
    public async Task<Anchor?> NewestAsync(CancellationToken cancellationToken = default) =>
        (await PageAsync(before: null, 1, cancellationToken)).FirstOrDefault();

    /// <summary>The anchor of this number, or null.</summary>
    public async Task<Anchor?> FindAsync(long number, CancellationToken cancellationToken = default) =>
        number is > 0 and <= HighestNumber && await store.GetAsync(TableNames.Anchors, Partition, Row(number), cancellationToken) is { } entity
            ? AnchorOf(entity)
            : null;

    /// <summary>A page of anchors, the newest first.</summary>
    /// <param name="before">The number before which to begin; null for the newest.</param>
    /// <param name="take">1 to 1,000.</param>
    public async Task<IReadOnlyList<Anchor>> PageAsync(long? before, int take, CancellationToken cancellationToken = default)
    {
        var first = Math.Clamp(before ?? HighestNumber + 1, 1, HighestNumber + 1) - 1;
        var range = RowRange.Prefix(AnchorPrefix) with { From = Row(first) };
        var page = await store.QueryAsync(TableNames.Anchors, Partition, range, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(AnchorOf)];
    }

    /// <summary>Adds an anchor; one that is here stays as it is.</summary>
    public async Task AddAsync(Anchor anchor, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.CommitAsync(TableNames.Anchors, Partition, [new Insert(Row(anchor.Number), Properties(anchor))], cancellationToken);
        }
        catch (EntityExistsException)
        {
            // Another run added it: the document is the same.
        }
    }

    /// <summary>The cases whose records were found gone or short, in the order of their references, until a check finds them whole.</summary>
    public async Task<IReadOnlyList<ShortRecord>> ShortRecordsAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<ShortRecord>();
        await foreach (var entity in store.ReadAllAsync(TableNames.Anchors, Partition, RowRange.Prefix(ShortPrefix), cancellationToken))
            found.Add(ShortRecordOf(entity));
        return found;
    }

    /// <summary>Keeps that a case's record was found short, in place of what was found of it before.</summary>
    public async Task KeepShortRecordAsync(ShortRecord found, CancellationToken cancellationToken = default) =>
        await store.CommitAsync(
            TableNames.Anchors,
            Partition,
            [new Upsert(ShortPrefix + found.Case, new Dictionary<string, object> { ["Version"] = found.Version, ["At"] = found.At })],
            cancellationToken);

    /// <summary>Removes a finding, unless the record was found short anew since.</summary>
    public async Task RemoveShortRecordAsync(ShortRecord found, CancellationToken cancellationToken = default)
    {
        var entity = await store.GetAsync(TableNames.Anchors, Partition, ShortPrefix + found.Case, cancellationToken);
        if (entity is null || ShortRecordOf(entity) != found) return;
        try
        {
            await store.CommitAsync(TableNames.Anchors, Partition, [new Delete(entity.Row, entity.ETag)], cancellationToken);
        }
        catch (EntityChangedException)
        {
            // It was found anew just now, or another check was first.
        }
    }

    /// <summary>The day for which all cases are anchored; the first of all days where that is still to come, null where no run has begun.</summary>
    public async Task<DateOnly?> LastDayAsync(CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Anchors, Partition, DayRow, cancellationToken) is { } entity
            ? DateOnly.ParseExact((string)entity.Properties["Day"], "O", CultureInfo.InvariantCulture)
            : null;

    public async Task SetLastDayAsync(DateOnly day, CancellationToken cancellationToken = default) =>
        await store.CommitAsync(
            TableNames.Anchors,
            Partition,
            [new Upsert(DayRow, new Dictionary<string, object> { ["Day"] = day.ToString("O", CultureInfo.InvariantCulture) })],
            cancellationToken);

    /// <summary>The check that was begun last, as far as it got; null where there was none.</summary>
    public async Task<CheckProgress?> LastCheckAsync(CancellationToken cancellationToken = default) =>
        await store.GetAsync(TableNames.Anchors, Partition, CheckRow, cancellationToken) is { } entity
            ? JsonSerializer.Deserialize<CheckProgress>((string)entity.Properties["Progress"], CaseJson.Options)
            : null;

    /// <summary>Keeps how far a check is, together with what it found of the anchor that it looked at last.</summary>
    /// <param name="anchor">Null at the beginning, and where the index does not know the anchor.</param>
    public async Task KeepAsync(CheckProgress progress, Anchor? anchor = null, CancellationToken cancellationToken = default)
    {
        var check = new Dictionary<string, object> { ["Progress"] = JsonSerializer.Serialize(progress, CaseJson.Options) };
        List<Change> changes = [new Upsert(CheckRow, check)];
        if (anchor is not null) changes.Add(new Upsert(Row(anchor.Number), Properties(anchor)));
        await store.CommitAsync(TableNames.Anchors, Partition, changes, cancellationToken);
    }

    private static string Row(long number) => string.Create(CultureInfo.InvariantCulture, $"{AnchorPrefix}{HighestNumber - number:D10}");

    private static ShortRecord ShortRecordOf(Entity entity) => new(
        CaseReference.Parse(entity.Row[ShortPrefix.Length..]),
        (long)entity.Properties["Version"],
        (DateTimeOffset)entity.Properties["At"]);

    private static Dictionary<string, object> Properties(Anchor anchor)
    {
        var properties = new Dictionary<string, object>
        {
            ["Number"] = anchor.Number,
            ["At"] = anchor.At,
            ["Heads"] = anchor.Heads,
            ["Sha256"] = anchor.Sha256,
        };
        if (anchor.CheckedAt is not { } checkedAt) return properties;
        properties["CheckedAt"] = checkedAt;
        properties["Disagreements"] = anchor.Disagreements;
        return properties;
    }

    private static Anchor AnchorOf(Entity entity) => new(
        (long)entity.Properties["Number"],
        (DateTimeOffset)entity.Properties["At"],
        (int)entity.Properties["Heads"],
        (string)entity.Properties["Sha256"])
    {
        CheckedAt = (DateTimeOffset?)entity.Properties.GetValueOrDefault("CheckedAt"),
        Disagreements = (int?)entity.Properties.GetValueOrDefault("Disagreements") ?? 0,
    };
}

/// <summary>An anchor as a list shows it.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Heads">How many cases it holds.</param>
/// <param name="Sha256">The hash of its document, which the next one names.</param>
public sealed record Anchor(long Number, DateTimeOffset At, int Heads, string Sha256)
{
    /// <summary>When it was last checked; null for never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>How many disagreements its last check found.</summary>
    public int Disagreements { get; init; }
}
