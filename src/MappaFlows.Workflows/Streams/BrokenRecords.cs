using System.Collections.Concurrent;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Streams;

/// <summary>
/// Streams that were found not to be what was recorded: each is told once, by the log and the alert, and stands on the page of the
/// checkpoints and in the health of the product until a verification finds it whole.
/// </summary>
public sealed partial class BrokenRecords(ITableStore store, ProductMetrics metrics, TimeProvider time, ILogger<BrokenRecords> logger)
{
    private const string Partition = "broken";

    private readonly ConcurrentDictionary<StreamId, bool> _reported = new();

    /// <summary>Tells of a stream, unless it was told before. Never fails: what is told must not depend on it.</summary>
    public async Task ReportAsync(StreamId stream, CancellationToken cancellationToken = default)
    {
        if (!_reported.TryAdd(stream, true)) return;
        LogBroken(stream);
        try
        {
            await store.CommitAsync(
                TableNames.Checkpoints,
                Partition,
                [new Insert(Row(stream), new Dictionary<string, object> { ["At"] = time.GetUtcNow() })],
                cancellationToken);
            metrics.DiscrepanciesFound(1);
        }
        catch (EntityExistsException)
        {
            // Another process told of it.
        }
        catch (TableStoreException)
        {
            _reported.TryRemove(stream, out _);
        }
    }

    /// <summary>The streams that were told of, up to <paramref name="take"/>, in the order of their names.</summary>
    public async Task<IReadOnlyList<BrokenRecord>> ListAsync(int take, CancellationToken cancellationToken = default)
    {
        var page = await store.QueryAsync(TableNames.Checkpoints, Partition, RowRange.All, take, cancellationToken: cancellationToken);
        return [.. page.Entities.Select(Of)];
    }

    /// <summary>Takes back what was told: the record is whole again.</summary>
    public async Task RemoveAsync(StreamId stream, CancellationToken cancellationToken = default)
    {
        await store.CommitAsync(TableNames.Checkpoints, Partition, [new Delete(Row(stream))], cancellationToken);
        _reported.TryRemove(stream, out _);
    }

    private static string Row(StreamId stream) => $"{stream.Table}-{stream.Id}";

    private static BrokenRecord Of(Entity entity)
    {
        // A table's name has no hyphen.
        var hyphen = entity.Row.IndexOf('-', StringComparison.Ordinal);
        return new(
            hyphen < 0 ? new("", entity.Row) : new(entity.Row[..hyphen], entity.Row[(hyphen + 1)..]),
            entity.Properties.GetValueOrDefault("At") as DateTimeOffset?);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The record {Stream} is not what was recorded: it was changed outside MappaFlows. It cannot be changed now.")]
    private partial void LogBroken(StreamId stream);
}

/// <summary>A stream that is not what was recorded.</summary>
/// <param name="At">When that was found; null where it cannot be read.</param>
public sealed record BrokenRecord(StreamId Stream, DateTimeOffset? At);
