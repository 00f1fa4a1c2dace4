using System.Globalization;
using System.Text.Json.Nodes;
using MappaFlows.Tables;

namespace MappaFlows.Workflows.Tests.Releases;

/// <summary>A store as text, a row to a line and in order, so that a difference can be read.</summary>
internal static class StoreText
{
    public static async Task<IReadOnlyList<string>> WriteAsync(ITableStore store, IEnumerable<(string Table, string Partition)> partitions)
    {
        List<string> lines = [];
        foreach (var (table, partition) in partitions.Order())
        {
            await foreach (var entity in store.ReadAllAsync(table, partition, RowRange.All))
            {
                var properties = entity.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
                    .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Written(property.Value)));
                lines.Add(new JsonObject { ["table"] = table, ["partition"] = partition, ["row"] = entity.Row, ["is"] = new JsonObject(properties) }
                    .ToJsonString());
            }
        }

        return lines;
    }

    public static async Task ReadAsync(IEnumerable<string> lines, ITableStore store)
    {
        var partitions = lines.Select(line => JsonNode.Parse(line)!)
            .GroupBy(row => ((string)row["table"]!, (string)row["partition"]!), row => new Insert(
                (string)row["row"]!,
                row["is"]!.AsObject().ToDictionary(property => property.Key, property => Read((string)property.Value!))));
        foreach (var partition in partitions)
        {
            foreach (var changes in partition.Chunk(TableLimits.ChangesPerCommit))
                await store.CommitAsync(partition.Key.Item1, partition.Key.Item2, changes);
        }
    }

    private static string Written(object value) => value switch
    {
        string text => $"text {text}",
        bool flag => flag ? "flag true" : "flag false",
        int number => $"int {number.ToString(CultureInfo.InvariantCulture)}",
        long number => $"long {number.ToString(CultureInfo.InvariantCulture)}",
        double number => $"double {number.ToString("R", CultureInfo.InvariantCulture)}",
        DateTimeOffset at => $"time {at.ToString("O", CultureInfo.InvariantCulture)}",
        Guid id => $"id {id}",
        byte[] bytes => $"bytes {Convert.ToBase64String(bytes)}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "A store holds no such value."),
    };

    private static object Read(string written)
    {
        var at = written.IndexOf(' ', StringComparison.Ordinal);
        var (kind, text) = (written[..at], written[(at + 1)..]);
        return kind switch
        {
            "text" => text,
            "flag" => text == "true",
            "int" => int.Parse(text, CultureInfo.InvariantCulture),
            "long" => long.Parse(text, CultureInfo.InvariantCulture),
            "double" => double.Parse(text, CultureInfo.InvariantCulture),
            "time" => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
            "id" => Guid.Parse(text),
            "bytes" => Convert.FromBase64String(text),
            _ => throw new FormatException($"There is no kind of value \"{kind}\"."),
        };
    }
}

/// <summary>A store that knows which partitions were written, which no store can list.</summary>
internal sealed class PartitionsStore(ITableStore inner) : ITableStore
{
    private readonly HashSet<(string Table, string Partition)> _written = [];

    public IReadOnlyList<(string Table, string Partition)> Written
    {
        get
        {
            lock (_written) return [.. _written];
        }
    }

    public ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default) =>
        inner.GetAsync(table, partition, row, cancellationToken);

    public ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default) =>
        inner.QueryAsync(table, partition, range, take, continuation, cancellationToken);

    public ValueTask<IReadOnlyList<string>> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<Change> changes,
        CancellationToken cancellationToken = default)
    {
        lock (_written) _written.Add((table, partition));
        return inner.CommitAsync(table, partition, changes, cancellationToken);
    }
}
