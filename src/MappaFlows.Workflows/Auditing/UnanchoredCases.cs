using MappaFlows.Core.Areas;
using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Storage;

namespace MappaFlows.Workflows.Auditing;

/// <summary>
/// Which cases have changed since they were last anchored: a row beside the case's others in the caseload, written in the same commit as
/// they are, so that it costs no request of its own and cannot be forgotten.
/// </summary>
public sealed class UnanchoredCases(ITableStore store)
{
    private const string Prefix = "unanchored-";

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
    public async Task MarkAsync(string areaCode, IReadOnlyCollection<(CaseReference Reference, long Version)> cases, CancellationToken cancellationToken = default)
    {
        while (!await TryMarkAsync(areaCode, cases, cancellationToken))
        {
            // A case was marked meanwhile, with a later version perhaps: that mark stays.
        }
    }

    /// <summary>Takes the marks off cases that are anchored, unless they have gone on since.</summary>
    /// <param name="anchored">The number of the event to which each is anchored.</param>
    public async Task ClearAsync(IReadOnlyDictionary<CaseReference, long> anchored, CancellationToken cancellationToken = default)
    {
        foreach (var area in Areas.All)
        {
            while (!await TryClearAsync(area.Code, anchored, cancellationToken))
            {
                // A mark changed between reading and deleting: look again which are covered.
            }
        }
    }

    private async Task<bool> TryMarkAsync(string areaCode, IReadOnlyCollection<(CaseReference Reference, long Version)> cases, CancellationToken cancellationToken)
    {
        var marked = new HashSet<CaseReference>();
        await foreach (var entity in ReadAsync(areaCode, cancellationToken)) marked.Add(ReferenceOf(entity));
        return await TryCommitAsync(
            areaCode,
            cases.Where(found => !marked.Contains(found.Reference)).Select(found => new Insert(Prefix + found.Reference, Properties(found.Version))),
            cancellationToken);
    }

    private async Task<bool> TryClearAsync(string areaCode, IReadOnlyDictionary<CaseReference, long> anchored, CancellationToken cancellationToken)
    {
        var covered = new List<Delete>();
        await foreach (var entity in ReadAsync(areaCode, cancellationToken))
        {
            if (anchored.TryGetValue(ReferenceOf(entity), out var sequence) && VersionOf(entity) <= sequence)
                covered.Add(new(entity.Row, entity.ETag));
        }

        return await TryCommitAsync(areaCode, covered, cancellationToken);
    }

    private async Task<bool> TryCommitAsync(string areaCode, IEnumerable<Change> changes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var chunk in changes.Chunk(TableLimits.ChangesPerCommit))
                await store.CommitAsync(TableNames.Caseload, areaCode, chunk, cancellationToken);
            return true;
        }
        catch (TableStoreException exception) when (exception is EntityExistsException or EntityChangedException)
        {
            return false;
        }
    }

    private IAsyncEnumerable<Entity> ReadAsync(string areaCode, CancellationToken cancellationToken) =>
        store.ReadAllAsync(TableNames.Caseload, areaCode, RowRange.Prefix(Prefix), cancellationToken);

    private static Dictionary<string, object> Properties(long version) => new() { ["Version"] = version };

    private static long VersionOf(Entity entity) => (long)entity.Properties["Version"];

    private static CaseReference ReferenceOf(Entity entity) => CaseReference.Parse(entity.Row[Prefix.Length..]);
}
