using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MappaFlows.Tables;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Workflows.Storage;

/// <summary>
/// Rows of lists that could not be read when they were last looked at. A list shows the others, says which these are, and they are told
/// once, by the log and the alert.
/// </summary>
public sealed partial class UnreadableRows(ILogger<UnreadableRows> logger, ProductMetrics metrics)
{
    /// <summary>The most that are remembered; a store that is worse off than that has other signs.</summary>
    private const int MaxKnown = 1_000;

    private readonly ConcurrentDictionary<UnreadableRow, bool> _known = new();

    /// <summary>All that are known, in the order of their names.</summary>
    public IReadOnlyList<UnreadableRow> All => [.. _known.Keys.OrderBy(row => row.ToString(), StringComparer.Ordinal)];

    /// <summary>Those of one list.</summary>
    public IReadOnlyList<UnreadableRow> In(string table, string partition, string prefix = "") =>
    [
        .. All.Where(row => row.Table == table && row.Partition == partition && row.Row.StartsWith(prefix, StringComparison.Ordinal)),
    ];

    /// <summary>Forgets all, before everything is read again.</summary>
    public void Clear() => _known.Clear();

    /// <summary>The value of a row; default where it cannot be read, which is remembered.</summary>
    public bool TryRead<T>(string table, Entity entity, Func<Entity, T> read, out T value)
    {
        var row = new UnreadableRow(table, entity.Partition, entity.Row);
        if (Unreadable.TryRead(entity, read, out value))
        {
            if (!_known.IsEmpty) _known.TryRemove(row, out _);
            return true;
        }

        if (_known.Count < MaxKnown && _known.TryAdd(row, true))
        {
            metrics.DiscrepanciesFound(1);
            LogUnreadable(row);
        }

        return false;
    }

    /// <summary>The values of those rows that can be read.</summary>
    public IEnumerable<T> Read<T>(string table, IEnumerable<Entity> entities, Func<Entity, T> read)
    {
        foreach (var entity in entities)
            if (TryRead(table, entity, read, out var value)) yield return value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The row {Row} cannot be read. It is passed over.")]
    private partial void LogUnreadable(UnreadableRow row);
}

/// <summary>A row that cannot be read, by its place. Keys are ids, and say nothing of a person.</summary>
public sealed partial record UnreadableRow(string Table, string Partition, string Row)
{
    /// <summary>What a list calls it: the case, where its name holds one.</summary>
    public string Name => Reference().Match(Row) is { Success: true, Value: var reference } ? reference : Row;

    [GeneratedRegex("MF-[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex Reference();

    public override string ToString() => $"{Table}/{Partition}/{Row}";
}

/// <summary>Rows that a verification reads to find those that cannot be.</summary>
public interface IStoredRows
{
    /// <summary>Reads each, so that <see cref="UnreadableRows"/> knows those that cannot be read.</summary>
    Task ReadAllAsync(CancellationToken cancellationToken);
}
