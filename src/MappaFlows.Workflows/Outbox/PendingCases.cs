using MappaFlows.Core.Cases;
using MappaFlows.Tables;
using MappaFlows.Workflows.Storage;

namespace MappaFlows.Workflows.Outbox;

/// <summary>
/// Which cases may have something in their outbox. Marked before the commit and cleared after the last item is done: a crash at any
/// moment leaves at most a mark too many, so that the sweep finds everything without looking at every case.
/// </summary>
public sealed class PendingCases(ITableStore store, TimeProvider time)
{
    private const string Partition = "pending";

    public async Task MarkAsync(CaseReference reference, CancellationToken cancellationToken) =>
        await store.CommitAsync(
            TableNames.Pending,
            Partition,
            [new Upsert(reference.ToString(), new Dictionary<string, object> { ["Since"] = time.GetUtcNow() })],
            cancellationToken);

    /// <summary>Takes the mark away if nobody has marked the case anew since it was read.</summary>
    public async Task ClearAsync(PendingCase marked, CancellationToken cancellationToken)
    {
        try
        {
            await store.CommitAsync(TableNames.Pending, Partition, [new Delete(marked.Reference.ToString(), marked.ETag)], cancellationToken);
        }
        catch (EntityChangedException)
        {
            // Marked anew, or cleared by another: either way there is nothing for this one to do.
        }
    }

    public async Task<PendingCase?> FindAsync(CaseReference reference, CancellationToken cancellationToken) =>
        await store.GetAsync(TableNames.Pending, Partition, reference.ToString(), cancellationToken) is { } entity ? Of(entity) : null;

    /// <summary>Up to <paramref name="take"/> marked cases.</summary>
    public async Task<IReadOnlyList<PendingCase>> ListAsync(int take, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(TableNames.Pending, Partition, RowRange.All, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(Of)];
    }

    private static PendingCase Of(Entity entity) =>
        new(CaseReference.Parse(entity.Row), (DateTimeOffset)entity.Properties["Since"], entity.ETag);
}

/// <summary>A case that was marked, and since when.</summary>
public sealed record PendingCase(CaseReference Reference, DateTimeOffset Since, string ETag);
