using Azure;
using Azure.Data.Tables;

namespace MappaFlows.Tables.Cloud;

/// <summary>Between our entities and the Azure client's.</summary>
internal static class EntityMapping
{
    /// <summary>An ETag of the right form that no entity has: for an entity that was rewritten before its new ETag could be read.</summary>
    public const string SupersededETag = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"";

    private static readonly string[] OwnOfTheService = ["PartitionKey", "RowKey", "Timestamp", "odata.etag", TableLimits.CommitIdProperty];

    /// <summary>Keys are passed as values and quoted by the client, never pasted into the text.</summary>
    /// <param name="after">The last row that was read already, or null.</param>
    public static string Filter(string partition, RowRange range, string? after)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        if (after is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey gt {after}");
        else if (range.From is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {range.From}");
        if (range.To is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {range.To}");
        return filter;
    }

    public static Entity ToEntity(TableEntity entity)
    {
        var properties = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (value is not null && !OwnOfTheService.Contains(name))
                properties.Add(name, value);
        }
        return new Entity(entity.PartitionKey, entity.RowKey, properties, entity.ETag.ToString());
    }

    public static TableTransactionAction ToAction(string partition, Change change, long commitId) => change switch
    {
        Insert insert => new(TableTransactionActionType.Add, ToTableEntity(partition, change.Row, insert.Properties, commitId)),
        Replace replace => new(
            TableTransactionActionType.UpdateReplace,
            ToTableEntity(partition, change.Row, replace.Properties, commitId),
            ToETag(replace.ETag)),
        Upsert upsert => new(TableTransactionActionType.UpsertReplace, ToTableEntity(partition, change.Row, upsert.Properties, commitId)),
        Delete delete => new(
            TableTransactionActionType.Delete,
            new TableEntity(partition, change.Row),
            delete.ETag is null ? ETag.All : ToETag(delete.ETag)),
        _ => throw new ArgumentException($"{change.GetType().Name} is not a change that a table store knows.", nameof(change)),
    };

    /// <summary>
    /// True where the change's entity carries its commit's id. An entity with every property it may have has no room for one.
    /// </summary>
    public static bool CarriesCommitId(Change change) => TableLimits.PropertiesOf(change)?.Count < TableLimits.OwnProperties;

    private static TableEntity ToTableEntity(string partition, string row, IReadOnlyDictionary<string, object> properties, long commitId)
    {
        var entity = new TableEntity(partition, row);
        foreach (var (name, value) in properties)
            entity.Add(name, value);
        if (properties.Count < TableLimits.OwnProperties)
            entity.Add(TableLimits.CommitIdProperty, commitId);
        return entity;
    }

    // "*" would match every version, and text that is no ETag is refused by the service as malformed rather than as a mismatch.
    private static ETag ToETag(string etag) => new(etag.StartsWith("W/\"", StringComparison.Ordinal) ? etag : SupersededETag);
}
