using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Typing;

/// <summary>
/// What people typed into forms and have not recorded: kept for the person who typed it, whatever happens to the session, the browser or
/// this process. It is no record: nothing follows from it, and it is gone after <see cref="KeptFor"/>.
/// </summary>
/// <remarks>
/// Each page that a form was opened in has a sheet of its own, so that two tabs of one form never overwrite each other. A sheet whose form
/// was recorded leaves an empty row: what a browser sends of it too late is not taken for something new.
/// </remarks>
public sealed class TypedForms(ITableStore store, TimeProvider time)
{
    /// <summary>Forms that are kept for one person, at most; the oldest goes first.</summary>
    public const int MaxForms = 50;

    /// <summary>Sheets that are kept of one form, at most; the oldest goes first.</summary>
    public const int MaxSheets = 5;

    /// <summary>Characters of one form, names of fields included, at most.</summary>
    public const int MaxCharacters = 200_000;

    private const string DayFormat = "yyyy-MM-dd";
    private const int DayLength = 10;
    private const string At = "At";
    private const string Recorded = "Recorded";
    private const string Fields = "Fields";

    /// <summary>A partition that no person has: an id is never empty inside of brackets.</summary>
    private const string Days = "(days)";

    /// <summary>People whose old forms one run of the sweep removes, at most.</summary>
    private const int MaxPerRun = 100;

    public static TimeSpan KeptFor { get; } = TimeSpan.FromDays(7);

    /// <summary>What the person typed into this form, the newest first.</summary>
    /// <param name="form">Names the form: 32 hexadecimal digits.</param>
    public async Task<IReadOnlyList<TypedForm>> FindAsync(string personId, string form, CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(
            TableNames.TypedForms, personId, RowRange.Prefix($"{form}-"), cancellationToken: cancellationToken);

        // A row that cannot be read holds nothing that could be given back; the form opens without it.
        return
        [
            .. page.Entities
                .SelectMany(row => Unreadable.TryRead(row, one => IsOpen(one) ? Of(one) : null, out var typed) ? new[] { typed! } : [])
                .OrderByDescending(typed => typed.At),
        ];
    }

    /// <summary>Keeps what a sheet says now.</summary>
    /// <param name="sheet">Names the page in which the form is open: 32 hexadecimal digits.</param>
    /// <param name="replaces">The sheet that this one began with; it goes, unless it was changed since.</param>
    /// <returns>When it was kept; null where it is longer than <see cref="MaxCharacters"/>, or was recorded already.</returns>
    public async Task<DateTimeOffset?> SaveAsync(
        string personId,
        string form,
        string sheet,
        IReadOnlyList<TypedField> fields,
        TypedSheet? replaces = null,
        CancellationToken cancellationToken = default)
    {
        if (fields.Sum(field => field.Name.Length + field.Value.Length) > MaxCharacters) return null;
        var now = time.GetUtcNow();
        var row = Row(form, sheet);
        var properties = new Dictionary<string, object> { [At] = now };
        PackedJson.Add(properties, Fields, fields);

        var own = await store.GetAsync(TableNames.TypedForms, personId, row, cancellationToken);
        if (own is not null)
        {
            if (!IsOpen(own)) return null;
            await store.CommitAsync(TableNames.TypedForms, personId, [new Upsert(row, properties)], cancellationToken);
            return now;
        }

        await store.CommitAsync(TableNames.TypedForms, Days, [new Upsert(DayRow(now, personId), NoProperties)], cancellationToken);
        List<Change> changes = [new Upsert(row, properties), .. await SurplusAsync(personId, form, replaces, cancellationToken)];
        await CommitAsync(personId, form, changes, replaces, cancellationToken);
        return now;
    }

    /// <summary>What the sheet says is recorded: it is removed, and whatever comes of it later is not kept.</summary>
    /// <param name="wasKept">Whether the browser kept some of it, so that more may be on its way.</param>
    public async Task RecordedAsync(
        string personId,
        string form,
        string sheet,
        TypedSheet? replaces = null,
        bool wasKept = false,
        CancellationToken cancellationToken = default)
    {
        var row = Row(form, sheet);
        List<Change> changes = [];
        if (wasKept || await store.GetAsync(TableNames.TypedForms, personId, row, cancellationToken) is not null)
        {
            var now = time.GetUtcNow();
            await store.CommitAsync(TableNames.TypedForms, Days, [new Upsert(DayRow(now, personId), NoProperties)], cancellationToken);
            changes.Add(new Upsert(row, new Dictionary<string, object> { [At] = now, [Recorded] = true }));
        }

        await CommitAsync(personId, form, changes, replaces, cancellationToken);
    }

    /// <summary>Removes everything that the person typed into this form.</summary>
    public async Task RemoveAsync(string personId, string form, CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(
            TableNames.TypedForms, personId, RowRange.Prefix($"{form}-"), cancellationToken: cancellationToken);
        await DeleteAsync(personId, page.Entities.Where(IsOpen), cancellationToken);
    }

    /// <summary>Removes what is older than <see cref="KeptFor"/>; some of it, where there is much: the next run goes on.</summary>
    public async Task RemoveOldAsync(CancellationToken cancellationToken = default)
    {
        var before = time.GetUtcNow() - KeptFor;
        var page = await store.QueryAsync(
            TableNames.TypedForms, Days, new RowRange(null, Day(before)), MaxPerRun, cancellationToken: cancellationToken);
        foreach (var entry in page.Entities)
        {
            var personId = entry.Row[(DayLength + 1)..];
            var rows = await store.QueryAsync(TableNames.TypedForms, personId, RowRange.All, cancellationToken: cancellationToken);
            var old = rows.Entities.ToLookup(row => AtOf(row) < before);
            await DeleteAsync(personId, old[true], cancellationToken);

            // What was changed since stands under an earlier day than its own.
            List<Change> changes = [new Delete(entry.Row)];
            if (old[false].Any()) changes.Add(new Upsert(DayRow(old[false].Min(AtOf), personId), NoProperties));
            await store.CommitAsync(TableNames.TypedForms, Days, changes, cancellationToken);
        }
    }

    private static Dictionary<string, object> NoProperties => [];

    private static string Row(string form, string sheet) => $"{form}-{sheet}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string DayRow(DateTimeOffset at, string personId) => $"{Day(at)} {personId}";

    private static bool IsOpen(Entity row) => !row.Properties.ContainsKey(Recorded);

    private static DateTimeOffset AtOf(Entity row) => (DateTimeOffset)row.Properties[At];

    private static TypedForm Of(Entity row) => new(
        new(row.Row[(row.Row.IndexOf('-', StringComparison.Ordinal) + 1)..], row.ETag),
        AtOf(row),
        PackedJson.Read<List<TypedField>>(row.Properties, Fields));

    /// <summary>The rows that have to go so that one more fits: those that were recorded first, then the oldest.</summary>
    private async Task<IEnumerable<Change>> SurplusAsync(
        string personId,
        string form,
        TypedSheet? replaces,
        CancellationToken cancellationToken)
    {
        var rows = await store.QueryAsync(TableNames.TypedForms, personId, RowRange.All, cancellationToken: cancellationToken);
        var others = rows.Entities
            .Where(row => row.Row != (replaces is null ? null : Row(form, replaces.Id)))
            .OrderByDescending(IsOpen)
            .ThenByDescending(AtOf)
            .ToList();
        var ofForm = others.Where(row => row.Row.StartsWith($"{form}-", StringComparison.Ordinal) && IsOpen(row)).Skip(MaxSheets - 1);
        return others.Skip(MaxForms - 1).Union(ofForm).Take(TableLimits.ChangesPerCommit - 2).Select(row => new Delete(row.Row));
    }

    /// <summary>Makes the changes, and removes the sheet that was begun with unless another tab has changed it.</summary>
    private async Task CommitAsync(
        string personId,
        string form,
        List<Change> changes,
        TypedSheet? replaces,
        CancellationToken cancellationToken)
    {
        if (replaces is not null)
        {
            try
            {
                await store.CommitAsync(
                    TableNames.TypedForms, personId, [.. changes, new Delete(Row(form, replaces.Id), replaces.ETag)], cancellationToken);
                return;
            }
            catch (EntityChangedException)
            {
                // Someone types in that one, or it is gone: it is left as it is.
            }
        }

        if (changes.Count > 0) await store.CommitAsync(TableNames.TypedForms, personId, changes, cancellationToken);
    }

    private async Task DeleteAsync(string personId, IEnumerable<Entity> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Select(row => new Delete(row.Row)).Chunk(TableLimits.ChangesPerCommit))
            await store.CommitAsync(TableNames.TypedForms, personId, chunk, cancellationToken);
    }
}

/// <summary>What was typed on one sheet, and when it was kept.</summary>
public sealed record TypedForm(TypedSheet Sheet, DateTimeOffset At, IReadOnlyList<TypedField> Fields);

/// <summary>A sheet as it was read.</summary>
public sealed record TypedSheet(string Id, string ETag);

/// <summary>A field of a form as a browser sends it.</summary>
public sealed record TypedField(string Name, string Value);
