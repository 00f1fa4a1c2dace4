using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Embedded.Client;

/// <summary>Which instances to find. What is null does not narrow the search.</summary>
internal sealed record SearchQuery
{
    public string? NamePrefix { get; init; }

    public string? InstanceIdPrefix { get; init; }

    public IReadOnlySet<OrchestrationRuntimeStatus>? Statuses { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    public DateTimeOffset? UpdatedBefore { get; init; }

    public DateTimeOffset? EndedFrom { get; init; }

    public DateTimeOffset? EndedTo { get; init; }

    /// <summary>Whether instances that have not ended are left out.</summary>
    public bool IsEnded { get; init; }

    public bool Matches(Head head) =>
        (NamePrefix is null || head.Name.StartsWith(NamePrefix, StringComparison.OrdinalIgnoreCase))
        && (InstanceIdPrefix is null || head.InstanceId.StartsWith(InstanceIdPrefix, StringComparison.Ordinal))
        && (Statuses is null || Statuses.Contains(head.Status))
        && (CreatedFrom is null || head.CreatedAt >= CreatedFrom)
        && (CreatedTo is null || head.CreatedAt <= CreatedTo)
        && (UpdatedBefore is null || head.UpdatedAt < UpdatedBefore)
        && (!IsEnded || !head.IsLive)
        && (EndedFrom is null || (!head.IsLive && head.UpdatedAt >= EndedFrom))
        && (EndedTo is null || (!head.IsLive && head.UpdatedAt <= EndedTo));
}

/// <summary>Finds instances by their heads, in the order of their ids.</summary>
internal sealed class InstanceSearch(EmbeddedEngine engine)
{
    private const int MaxPageSize = 1000;

    // Scanning goes on in another request after so many rows, because a filter may match next to nothing.
    private const int MaxScanned = 10_000;

    /// <summary>A page of heads that match.</summary>
    /// <param name="after">The token of the page before.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <returns>The token is null on the last page.</returns>
    public async Task<(List<Head> Heads, string? Token)> FindAsync(
        SearchQuery query,
        string? after,
        int pageSize,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        var all = RowRange.Prefix(Keys.Heads + Prefix(query.InstanceIdPrefix));
        if (after is not null && !after.StartsWith(Keys.Heads, StringComparison.Ordinal))
            throw new ArgumentException("The continuation token is not one of this backend's.", nameof(after));
        var from = after is null ? all.From : after + "!";
        var found = new List<Head>();
        var scanned = 0;
        while (true)
        {
            var page = await engine.Store.QueryAsync(
                engine.Options.Table, Keys.Partition, new RowRange(from, all.To), TableLimits.EntitiesPerPage, null, cancellation);
            foreach (var entity in page.Entities)
            {
                from = entity.Row + "!";
                scanned++;
                var head = Head.From(entity);
                if (query.Matches(head))
                    found.Add(head);
                if (found.Count == pageSize)
                    return (found, entity.Row);
            }
            if (page.Continuation is null || page.Entities.Count == 0)
                return (found, null);
            if (scanned >= MaxScanned)
                return (found, page.Entities[^1].Row);
        }
    }

    /// <summary>The instances that an instance started in its current run.</summary>
    public async Task<List<string>> ChildrenAsync(string instanceId, CancellationToken cancellation)
    {
        if (await engine.Post.HeadAsync(instanceId, cancellation) is not { } head)
            return [];
        var (turns, _) = await TurnRows.ReadAsync(engine.Store, engine.Options.Table, instanceId, head.Generation, cancellation);
        return [.. turns.SelectMany(turn => turn.Events).OfType<SubOrchestrationScheduled>().Select(sub => sub.InstanceId).Distinct()];
    }

    // A prefix that ends within an escape still finds its rows by what is whole of it; the query does the rest.
    private static string Prefix(string? prefix) => prefix is null ? "" : Keys.Escape(prefix) is var key && key.Contains('~') ? "" : key;
}
