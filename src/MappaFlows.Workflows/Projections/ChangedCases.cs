using System.Runtime.CompilerServices;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Projections;

/// <summary>
/// Which cases have changed since they were last in a checkpoint: a row beside the case's others in the caseload, written in the same
/// commit as they are, so that it costs no request of its own and cannot be forgotten.
/// </summary>
public sealed class ChangedCases(ITableStore store, UnreadableRows rows) : IStoredRows
{
    internal const string Prefix = "changed-";

    /// <summary>The row that says so, for the commit that brings the case's rows to this version.</summary>
    internal static Change Entry(CaseReference reference, long version) => new Upsert(Prefix + reference, Properties(version));

    /// <summary>Up to <paramref name="take"/> of them, each with the version that it had reached when it was added.</summary>
    public async Task<IReadOnlyList<(CaseReference Reference, long Version)>> ListAsync(
        int take,
        CancellationToken cancellationToken = default)
    {
        var found = new List<(CaseReference, long)>();
        foreach (var area in MappaAreas.All)
        {
            await foreach (var entity in ReadAsync(area.Code, cancellationToken))
            {
                if (found.Count == take) return found;
                found.Add((ReferenceOf(entity), VersionOf(entity)));
            }
        }

        return found;
    }

    /// <summary>How many there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var counts = await Task.WhenAll(MappaAreas.All.Select(area => CountAsync(area.Code)));
        return counts.Sum();

        async Task<int> CountAsync(string areaCode)
        {
            var count = 0;
            await foreach (var _ in ReadAsync(areaCode, cancellationToken)) count++;
            return count;
        }
    }

    /// <summary>Adds an entry for those of an area's cases that have none.</summary>
    public Task AddAsync(
        string areaCode,
        IReadOnlyCollection<(CaseReference Reference, long Version)> cases,
        CancellationToken cancellationToken = default) =>
        CommitAsync(
            areaCode,
            entries =>
            {
                // One that was added meanwhile, perhaps with a later version, keeps that entry.
                var known = entries.Select(ReferenceOf).ToHashSet();
                return cases.Where(found => !known.Contains(found.Reference)).Select(
                    found => new Insert(Prefix + found.Reference, Properties(found.Version)));
            },
            cancellationToken);

    /// <summary>Removes the entries of cases that are in a checkpoint, unless they have changed since.</summary>
    /// <param name="covered">The number of each case's event in the checkpoint.</param>
    public async Task ClearAsync(IReadOnlyDictionary<CaseReference, long> covered, CancellationToken cancellationToken = default)
    {
        foreach (var area in MappaAreas.All)
        {
            await CommitAsync(
            area.Code,
            entries => entries.Where(IsCovered).Select(entry => new Delete(entry.Row, entry.ETag)),
            cancellationToken);
        }

        bool IsCovered(Entity entry) => covered.TryGetValue(ReferenceOf(entry), out var sequence) && VersionOf(entry) <= sequence;
    }

    /// <summary>
    /// Makes the changes that an area's entries ask for; where an entry changes between reading and committing, by the entries as they are
    /// then.
    /// </summary>
    private async Task CommitAsync(
        string areaCode,
        Func<IReadOnlyList<Entity>,
        IEnumerable<Change>> changesFor,
        CancellationToken cancellationToken)
    {
        await Retries.Conflicts.ExecuteAsync(
            async token =>
            {
                var entries = await ReadAsync(areaCode, token).ToListAsync(token);
                foreach (var chunk in changesFor(entries).Chunk(TableLimits.ChangesPerCommit))
                    await store.CommitAsync(TableNames.Caseload, areaCode, chunk, token);
            },
            cancellationToken);
    }

    /// <summary>Reads every entry, so that those are known which cannot be read.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken) => await CountAsync(cancellationToken);

    /// <summary>The entries that can be read: of another it is not known what it is of.</summary>
    private async IAsyncEnumerable<Entity> ReadAsync(string areaCode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in store.ReadAllAsync(TableNames.Caseload, areaCode, RowRange.Prefix(Prefix), cancellationToken))
        {
            if (rows.TryRead(TableNames.Caseload, entity, one => (ReferenceOf(one), VersionOf(one)), out _)) yield return entity;
        }
    }

    private static Dictionary<string, object> Properties(long version) => new() { ["Version"] = version };

    private static long VersionOf(Entity entity) => (long)entity.Properties["Version"];

    private static CaseReference ReferenceOf(Entity entity) => CaseReference.Parse(entity.Row[Prefix.Length..]);
}
