using System.Globalization;
using MappaFlows.Tables;

namespace MappaFlows.Testing.Tables;

/// <summary>A table store in memory that lets others go first at every call, so that senders at work together meet each other.</summary>
public sealed class MemoryStore : ITableStore
{
    private readonly Dictionary<(string Table, string Partition), SortedDictionary<string, Entity>> _partitions = [];
    private long _etags;

    /// <summary>What happens just before the next commit, once; null for nothing.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

    /// <summary>What happens just after the next query was answered and before the answer arrives, once; null for nothing.</summary>
    public Func<Task>? AfterNextQuery { get; set; }

    public async ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        lock (_partitions) return Rows(table, partition).GetValueOrDefault(row);
    }

    public async ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var page = Page(table, partition, range, take, continuation);
        if (AfterNextQuery is { } meanwhile)
        {
            AfterNextQuery = null;
            await meanwhile();
        }

        return page;
    }

    public async ValueTask<IReadOnlyList<string>> CommitAsync(
        string table, string partition, IReadOnlyList<Change> changes, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (BeforeNextCommit is { } happens)
        {
            BeforeNextCommit = null;
            await happens();
        }

        lock (_partitions)
        {
            var rows = Rows(table, partition);
            foreach (var change in changes)
            {
                var there = rows.GetValueOrDefault(change.Row);
                if (change is Insert && there is not null) throw new EntityExistsException(change.Row);
                if ((change as Replace)?.ETag is { } replaced && there?.ETag != replaced) throw new EntityChangedException(change.Row);
                if ((change as Delete)?.ETag is { } deleted && there?.ETag != deleted) throw new EntityChangedException(change.Row);
            }

            return [.. changes.Select(change => Make(rows, partition, change))];
        }
    }

    private string Make(SortedDictionary<string, Entity> rows, string partition, Change change)
    {
        var properties = change switch
        {
            Insert insert => insert.Properties,
            Replace replace => replace.Properties,
            Upsert upsert => upsert.Properties,
            _ => null,
        };
        if (properties is null)
        {
            rows.Remove(change.Row);
            return "";
        }

        var etag = (++_etags).ToString(CultureInfo.InvariantCulture);
        rows[change.Row] = new(partition, change.Row, new Dictionary<string, object>(properties), etag);
        return etag;
    }

    private EntityPage Page(string table, string partition, RowRange range, int take, string? continuation)
    {
        lock (_partitions)
        {
            var found = Rows(table, partition).Values
                .Where(entity => range.From is null || string.CompareOrdinal(entity.Row, range.From) >= 0)
                .Where(entity => range.To is null || string.CompareOrdinal(entity.Row, range.To) < 0)
                .Where(entity => continuation is null || string.CompareOrdinal(entity.Row, continuation) > 0)
                .Take(take + 1)
                .ToList();
            return found.Count > take ? new(found[..take], found[take - 1].Row) : new(found, null);
        }
    }

    private SortedDictionary<string, Entity> Rows(string table, string partition)
    {
        if (!_partitions.TryGetValue((table, partition), out var rows))
            _partitions[(table, partition)] = rows = new(StringComparer.Ordinal);
        return rows;
    }
}
