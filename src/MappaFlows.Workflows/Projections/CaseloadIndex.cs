using System.Runtime.CompilerServices;
using MappaFlows.Tables;
using static MappaFlows.Workflows.Projections.CaseloadRows;

namespace MappaFlows.Workflows.Projections;

/// <summary>
/// The cases of each area, by what is due first, and by when the clock looks again. Made from the cases by way of the outbox and never
/// the truth: a row may be a moment late, and can always be made again.
/// </summary>
public sealed class CaseloadIndex(ITableStore store, CaseQueries queries, UnreadableRows rows) : IStoredRows
{
    /// <summary>The most rows that one question reads; an answer that would need more says that it is not all.</summary>
    private const int MaxRowsRead = 20_000;

    /// <summary>
    /// Brings the rows of one case up to date. Where another refresh was first, looks again whether there is anything left to do.
    /// </summary>
    public async Task RefreshAsync(CaseReference reference, CancellationToken cancellationToken) => await Retries.Conflicts.ExecuteAsync(
        async token =>
        {
            if (await queries.TimetableAsync(reference, token) is { } timetable) await WriteAsync(timetable, token);
        },
        cancellationToken);

    /// <summary>
    /// A page of an area's cases: those not ended, emergencies first and then by what is due first, or the ended ones, the last ended
    /// first.
    /// </summary>
    public async Task<CaseloadPage> ListAsync(CaseloadQuery query, CancellationToken cancellationToken = default)
    {
        var prefix = query.Ended ? EndedPrefix : LivePrefix;
        var range = RowRange.Prefix(prefix);
        if (query.After is { } after && after.StartsWith(prefix, StringComparison.Ordinal)) range = range with { From = after + "\0" };

        var found = new List<CaseSummary>();
        var (read, last) = (0, "");
        await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, query.AreaCode, range, cancellationToken))
        {
            if (rows.TryRead(TableNames.Caseload, entity, SummaryOf, out var summary) && query.Matches(summary))
            {
                if (found.Count == query.Take) return new(found, last);
                found.Add(summary);
            }

            last = entity.Row;
            if (++read == MaxRowsRead) return new(found, last);
        }

        return new(found, Continuation: null);
    }

    /// <summary>How many cases the whole list has, over all of its pages, and how many of them are late.</summary>
    /// <remarks>
    /// Reads the list from its beginning, a thousand rows a request: a list of many thousands is counted no further than
    /// <see cref="MaxRowsRead"/>.
    /// </remarks>
    public async Task<CaseloadTally> TallyAsync(CaseloadQuery query, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var (cases, overdue, read) = (0, 0, 0);
        var range = RowRange.Prefix(query.Ended ? EndedPrefix : LivePrefix);
        await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, query.AreaCode, range, cancellationToken))
        {
            if (read++ == MaxRowsRead) return new(cases, overdue, IsWhole: false);
            if (!rows.TryRead(TableNames.Caseload, entity, SummaryOf, out var summary) || !query.Matches(summary)) continue;
            cases++;
            if (summary.IsOverdue(now)) overdue++;
        }

        return new(cases, overdue, IsWhole: true);
    }

    /// <summary>What this person owes in the cases of their area, the earliest due first.</summary>
    /// <inheritdoc cref="WorkOfAsync"/>
    public async Task<WorkList> OwedByAsync(Person person, CancellationToken cancellationToken = default) =>
        (await WorkOfAsync(person, [person], DateTimeOffset.MaxValue, cancellationToken)).Mine;

    /// <summary>What a person owes in their area, what was passed on to them, what no one owes, and what happened lately.</summary>
    /// <param name="everyone">Who works here, in any area.</param>
    /// <param name="since">How far back something is lately.</param>
    /// <remarks>
    /// Reads every case that goes on, up to <see cref="MaxRowsRead"/>: the list is in the order of what anyone owes, and a person's own
    /// overdue work may stand far down in it. Of the ended cases it reads those that ended lately, and those in which something is open.
    /// </remarks>
    public async Task<PersonsWork> WorkOfAsync(
        Person person, IReadOnlyList<Person> everyone, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        List<OwedWork> mine = [], passedOn = [], unowned = [];
        List<PastWork> past = [];
        var (read, isWhole) = (0, true);
        foreach (var prefix in new[] { LivePrefix, OpenPrefix, EndedPrefix })
        {
            var range = RowRange.Prefix(prefix);
            await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, person.AreaCode, range, cancellationToken))
            {
                if (read++ == MaxRowsRead)
                {
                    isWhole = false;
                    break;
                }

                if (!rows.TryRead(TableNames.Caseload, entity, SummaryOf, out var summary)) continue;
                if (prefix == EndedPrefix && !summary.Past.Any(outcome => outcome.At >= since)) break;
                var isConcern = IsConcernOf(person, summary);
                if (prefix != EndedPrefix && isConcern) Sort(summary);
                if (prefix == OpenPrefix) continue;
                past.AddRange(summary.Past
                    .Where(outcome => outcome.At >= since
                        && (outcome.People.Count == 0 ? isConcern && Permissions.MayListCaseload(person) : outcome.Concerns(person.Id)))
                    .Select(outcome => new PastWork(summary, outcome)));
            }
        }

        return new(
            WorkList.Of(mine, isWhole),
            [.. passedOn.OrderBy(work => work.Obligation.Due)],
            [.. unowned.OrderBy(work => work.Obligation.Due ?? DateTimeOffset.MaxValue)],
            [.. past.OrderByDescending(work => work.Outcome.At)]);

        void Sort(CaseSummary summary)
        {
            foreach (var obligation in summary.Owed)
            {
                var list = obligation.IsOwedBy(person) ? mine
                    : obligation.IsPassedOnTo(person) ? passedOn
                    : Permissions.MayListCaseload(person) && obligation.IsUnowned(summary, everyone) ? unowned
                    : null;
                list?.Add(new(summary, obligation));
            }
        }
    }

    /// <summary>Referrals that the person sent, the newest first.</summary>
    public async Task<IReadOnlyList<CaseSummary>> SentByAsync(string personId, int take, CancellationToken cancellationToken = default)
    {
        var sent = new List<CaseSummary>();
        await foreach (var entity in store.ReadAllAsync(TableNames.Referrals, personId, RowRange.Prefix("sent-"), cancellationToken))
        {
            if (rows.TryRead(TableNames.Referrals, entity, SummaryOf, out var summary)) sent.Add(summary);
            if (sent.Count == MaxRowsRead) break;
        }

        return [.. sent.OrderByDescending(summary => summary.ReferredAt).Take(take)];
    }

    /// <summary>How many cases of an area stand where.</summary>
    public async Task<IReadOnlyList<CaseloadCount>> CountAsync(string areaCode, CancellationToken cancellationToken = default)
    {
        var counts = new Dictionary<(CaseStage, Category, ManagementLevel?), int>();
        foreach (var prefix in new[] { LivePrefix, EndedPrefix })
        {
            await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, areaCode, RowRange.Prefix(prefix), cancellationToken))
            {
                if (!rows.TryRead(TableNames.Caseload, entity, SummaryOf, out var summary)) continue;
                var key = (summary.Stage, summary.Category, summary.Level);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        return [.. counts.Select(count => new CaseloadCount(count.Key.Item1, count.Key.Item2, count.Key.Item3, count.Value))];
    }

    /// <summary>Cases of an area for which the clock had something to do before this moment, the earliest first.</summary>
    public async Task<IReadOnlyList<CaseReference>> DueBeforeAsync(
        string areaCode,
        DateTimeOffset moment,
        int take,
        CancellationToken cancellationToken = default)
    {
        var range = new RowRange(DuePrefix, DuePrefix + Stamp(moment));
        var page = await store.QueryAsync(TableNames.Caseload, areaCode, range, take, cancellationToken: cancellationToken);
        return [.. rows.Read(TableNames.Caseload, page.Entities, DueReferenceOf)];
    }

    /// <summary>Every case of an area, and the version that its rows are of.</summary>
    public async IAsyncEnumerable<(CaseReference Reference, long Version)> AllAsync(
        string areaCode,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, areaCode, RowRange.Prefix(PointerPrefix), cancellationToken))
        {
            if (rows.TryRead(TableNames.Caseload, entity, PointerOf, out var pointer)) yield return (pointer.Reference, pointer.Version);
        }
    }

    /// <summary>Some cases of an area after this one, in the order of their references.</summary>
    /// <param name="after">Null to begin with the first.</param>
    public async Task<IReadOnlyList<CaseReference>> AfterAsync(
        string areaCode, string? after, int take, CancellationToken cancellationToken = default)
    {
        var range = RowRange.Prefix(PointerPrefix);
        if (after is not null) range = range with { From = $"{PointerPrefix}{after}\0" };
        var page = await store.QueryAsync(TableNames.Caseload, areaCode, range, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(entity => CaseReference.Parse(entity.Row[PointerPrefix.Length..]))];
    }

    private async Task WriteAsync(Timetable timetable, CancellationToken cancellationToken)
    {
        var state = timetable.Case;
        var summary = SummaryOf(timetable);
        var row = RowOf(summary);
        var clockAt = timetable.NextStepAt();
        var listRow = state.Stage.IsEnded()
            ? EndedPrefix + Stamp(DateTimeOffset.MaxValue - (EndedAt(state) - DateTimeOffset.MinValue)) + state.Reference
            : LivePrefix + (summary.IsEmergency ? BeforeAll : "") + Stamp(summary.Next?.Due) + state.Reference;
        var openRow = state.Stage.IsEnded() && summary.Owed.Count > 0 ? OpenPrefix + state.Reference : "";
        var clockRow = clockAt is { } at ? DuePrefix + Stamp(at) + state.Reference : "";

        var pointerRow = PointerPrefix + state.Reference;
        var pointer = await store.GetAsync(TableNames.Caseload, state.AreaCode, pointerRow, cancellationToken);
        var known = pointer is not null && rows.TryRead(TableNames.Caseload, pointer, PointerOf, out var read) ? read : null;
        if (known?.Version > state.Version) return;

        var pointerTo = new Dictionary<string, object> { ["Version"] = state.Version, ["List"] = listRow, ["Clock"] = clockRow, ["Open"] = openRow };
        List<Change> changes = [pointer is null ? new Insert(pointerRow, pointerTo) : new Replace(pointerRow, pointerTo, pointer.ETag)];
        if (known is not null)
        {
            if (known.List != listRow) changes.Add(new Delete(known.List));
            if (known.Clock.Length > 0 && known.Clock != clockRow) changes.Add(new Delete(known.Clock));
            if (known.Open.Length > 0 && known.Open != openRow) changes.Add(new Delete(known.Open));
        }

        changes.Add(new Upsert(listRow, row));
        if (openRow.Length > 0) changes.Add(new Upsert(openRow, row));
        if (clockRow.Length > 0)
            changes.Add(new Upsert(clockRow, new Dictionary<string, object> { ["Reference"] = state.Reference.ToString() }));

        // Rows made again for the same version have nothing to checkpoint that was not marked with them.
        if (known is null || known.Version < state.Version)
            changes.Add(ChangedCases.Entry(state.Reference, state.Version));
        await store.CommitAsync(TableNames.Caseload, state.AreaCode, changes, cancellationToken);
        await store.CommitAsync(TableNames.Referrals, state.ReferrerId, [new Upsert("sent-" + state.Reference, row)], cancellationToken);
    }

    /// <summary>Reads every row of every area, so that those are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (var area in MappaAreas.All)
        {
            await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, area.Code, RowRange.All, cancellationToken))
            {
                _ = entity.Row switch
                {
                    var row when row.StartsWith(PointerPrefix, StringComparison.Ordinal) =>
                        rows.TryRead(TableNames.Caseload, entity, PointerOf, out _),
                    var row when row.StartsWith(DuePrefix, StringComparison.Ordinal) =>
                        rows.TryRead(TableNames.Caseload, entity, DueReferenceOf, out _),
                    var row when row.StartsWith(ChangedCases.Prefix, StringComparison.Ordinal) => true,
                    _ => rows.TryRead(TableNames.Caseload, entity, SummaryOf, out _),
                };
            }
        }
    }

    /// <summary>
    /// The cases among whose people this person is: their role's in the area, and for a lead agency's manager the agency's own.
    /// </summary>
    private static bool IsConcernOf(Person person, CaseSummary summary) =>
        summary.Owed.Any(obligation => obligation.IsAskedOf(person.Id))
        || !person.Has(Role.LeadAgencyManager)
        || person.Has(Role.Coordinator)
        || person.AgencyId == summary.LeadAgencyId;

}

/// <summary>Which cases to list.</summary>
public sealed record CaseloadQuery(string AreaCode)
{
    /// <summary>Closed and refused cases instead of those that go on.</summary>
    public bool Ended { get; init; }

    public ManagementLevel? Level { get; init; }

    public Category? Category { get; init; }

    public CaseStage? Stage { get; init; }

    /// <summary>Only cases led by this agency; null for all.</summary>
    public string? LeadAgencyId { get; init; }

    /// <summary>1 to 100.</summary>
    public int Take { get; init; } = 25;

    /// <summary>The page's continuation; null for the first page.</summary>
    public string? After { get; init; }

    internal bool Matches(CaseSummary summary) =>
        (Level is null || summary.Level == Level)
        && (Category is null || summary.Category == Category)
        && (Stage is null || summary.Stage == Stage)
        && (LeadAgencyId is null || summary.LeadAgencyId == LeadAgencyId);
}

/// <summary>A page of cases; the continuation is null on the last. A page before the last may be short, where few cases match.</summary>
public sealed record CaseloadPage(IReadOnlyList<CaseSummary> Cases, string? Continuation);

/// <summary>How many cases a list has over all of its pages, and how many of them are late.</summary>
/// <param name="IsWhole">Whether all were counted; if not there are at least so many.</param>
public sealed record CaseloadTally(int Cases, int Overdue, bool IsWhole);

/// <summary>How many cases stand at one stage, in one category, at one level.</summary>
public sealed record CaseloadCount(CaseStage Stage, Category Category, ManagementLevel? Level, int Cases);
