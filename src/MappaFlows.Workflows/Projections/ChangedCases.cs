using MappaFlows.Tables;

namespace MappaFlows.Workflows.Projections;

/// <summary>
/// Which cases have changed since they were last in a checkpoint: a row beside the case's others in the caseload, written in the same commit as
/// they are, so that it costs no request of its own and cannot be forgotten.
/// </summary>
public sealed class ChangedCases(ITableStore store)
{
    private const string Prefix = "changed-";

    /// <summary>The row that says so, for the commit that brings the case's rows to this version.</summary>
    internal static Change Mark(CaseReference reference, long version) => new Upsert(Prefix + reference, Properties(version));

    /// <summary>Up to <paramref name="take"/> of them, each with the version that it had reached when it was marked.</summary>
    public async Task<IReadOnlyList<(CaseReference Reference, long Version)>> ListAsync(int take, CancellationToken cancellationToken = default)
    {
        var found = new List<(CaseReference, long)>();
        foreach (var area in Areas.All)
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
        var counts = await Task.WhenAll(Areas.All.Select(area => CountAsync(area.Code)));
        return counts.Sum();

        async Task<int> CountAsync(string areaCode)
        {
            var count = 0;
            await foreach (var _ in ReadAsync(areaCode, cancellationToken)) count++;
            return count;
        }
    }

    /// <summary>Marks those of an area's cases that are not marked.</summary>
    public Task AddAsync(string areaCode, IReadOnlyCollection<(CaseReference Reference, long Version)> cases, CancellationToken cancellationToken = default) =>
        CommitAsync(
            areaCode,
            marks =>
            {
                // One that was marked meanwhile, with a later version perhaps, keeps that mark.
                var marked = marks.Select(ReferenceOf).ToHashSet();
                return cases.Where(found => !marked.Contains(found.Reference)).Select(found => new Insert(Prefix + found.Reference, Properties(found.Version)));
            },
            cancellationToken);

    /// <summary>Removes the entries of cases that are in a checkpoint, unless they have changed since.</summary>
    /// <param name="anchored">The number of each case's event in the checkpoint.</param>
    public async Task ClearAsync(IReadOnlyDictionary<CaseReference, long> anchored, CancellationToken cancellationToken = default)
    {
        foreach (var area in Areas.All) await CommitAsync(area.Code, marks => marks.Where(IsCovered).Select(mark => new Delete(mark.Row, mark.ETag)), cancellationToken);

        bool IsCovered(Entity mark) => anchored.TryGetValue(ReferenceOf(mark), out var sequence) && VersionOf(mark) <= sequence;
    }

    /// <summary>Makes the changes that an area's marks ask for; where a mark changes between reading and committing, by the marks as they are then.</summary>
    private async Task CommitAsync(string areaCode, Func<IReadOnlyList<Entity>, IEnumerable<Change>> changesFor, CancellationToken cancellationToken)
    {
        await Retries.Conflicts.ExecuteAsync(
            async token =>
            {
                var marks = await ReadAsync(areaCode, token).ToListAsync(token);
                foreach (var chunk in changesFor(marks).Chunk(TableLimits.ChangesPerCommit))
                    await store.CommitAsync(TableNames.Caseload, areaCode, chunk, token);
            },
            cancellationToken);
    }

    private IAsyncEnumerable<Entity> ReadAsync(string areaCode, CancellationToken cancellationToken) =>
        store.ReadAllAsync(TableNames.Caseload, areaCode, RowRange.Prefix(Prefix), cancellationToken);

    private static Dictionary<string, object> Properties(long version) => new() { ["Version"] = version };

    private static long VersionOf(Entity entity) => (long)entity.Properties["Version"];

    private static CaseReference ReferenceOf(Entity entity) => CaseReference.Parse(entity.Row[Prefix.Length..]);
}
