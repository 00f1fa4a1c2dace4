using MappaFlows.Tables;

namespace MappaFlows.Local.Stores;

/// <summary>
/// Says which names and shapes a store's rows have, so that a store that this version cannot read is refused before anything is written to
/// it.
/// </summary>
internal static class StoreFormat
{
    /// <summary>Raised only where rows of the one before can no longer be read.</summary>
    private const int Current = 3;

    private const string Table = "Store";
    private const string Partition = "store";
    private const string Row = "format";

    /// <summary>Writes the format into an empty store, and checks that of another.</summary>
    /// <exception cref="StoreException">The store has rows of another format. Nothing was changed.</exception>
    /// <returns>Whether the store was empty.</returns>
    public static async Task<bool> CheckAsync(ITableStore store, string data, CancellationToken cancellationToken = default)
    {
        var isEmpty = await IsEmptyAsync(store, cancellationToken);
        var found = await store.GetAsync(Table, Partition, Row, cancellationToken) is { } row ? (int)row.Properties["Number"]
            : isEmpty ? Current
            : 1;
        if (found != Current)
        {
            throw new StoreException(
                $"The store in {data} was made by another version of MappaFlows, which this one cannot read. Nothing was changed. Choose another folder with --data, or use that version.");
        }

        await store.CommitAsync(Table, Partition, [new Upsert(Row, new Dictionary<string, object> { ["Number"] = Current })], cancellationToken);
        return isEmpty;
    }

    // The first rows of every store are those of its people.
    private static async Task<bool> IsEmptyAsync(ITableStore store, CancellationToken cancellationToken) =>
        (await store.QueryAsync(TableNames.People, "people", RowRange.All, take: 1, cancellationToken: cancellationToken)).Entities.Count == 0;
}
