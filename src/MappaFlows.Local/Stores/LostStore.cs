using MappaFlows.Tables;
using MappaFlows.Tables.Sqlite;

namespace MappaFlows.Local.Stores;

/// <summary>
/// Tells a store that lost its data, or is another one, from a new one: by a mark of how far it has come, by its id, and by the traces of an
/// older life beside it. All of them lie in the data folder, outside the store's file.
/// </summary>
internal static class LostStore
{
    private const string Table = "Store";
    private const string Partition = "store";
    private const string Row = "identity";

    private const string WhatToDo =
        " It was not started, and nothing was deleted. Put the store back with all of its files, or restore a backup. To go on with what is there, start with --accept-store \"why\": the reason goes into the administrators' log.";

    /// <summary>Opens the SQLite store of the data folder.</summary>
    /// <exception cref="StoreException">It lost data, or was lost as a whole.</exception>
    public static SqliteTableStore Open(LocalOptions options)
    {
        var mark = new SqliteMark(Path.Combine(options.Data, "mappaflows.mark"), options.AcceptStore is not null);
        var file = OpenedStore.SqlitePath(options.Data);
        if (!mark.Exists && !mark.IsAccepted && new FileInfo(file) is { Exists: false } or { Length: 0 } && HasOlderLife(options))
            throw new StoreException($"The store in {options.Data} is gone, beside keys or checkpoints of an older life.{WhatToDo}");
        try
        {
            return new SqliteTableStore(file, mark: mark);
        }
        catch (TableLostException exception)
        {
            throw new StoreException($"{exception.Message} ({file}){WhatToDo}", exception);
        }
    }

    /// <summary>Compares the id of the store with the one that the data folder knows; gives an id to a store that has none.</summary>
    /// <param name="wasEmpty">Whether nothing was in it.</param>
    /// <exception cref="StoreException">It is another store, or one that was emptied.</exception>
    public static async Task CheckAsync(ITableStore store, LocalOptions options, bool wasEmpty, CancellationToken cancellationToken = default)
    {
        if (options.Store != LocalOptions.Sqlite) return;
        var file = Path.Combine(options.Data, "store.id");
        var known = File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : null;
        var found = await store.GetAsync(Table, Partition, Row, cancellationToken) is { } row
            ? row.Properties.GetValueOrDefault("Id") as string
            : null;
        if (options.AcceptStore is null)
        {
            if (known is not null && known != found)
                throw new StoreException($"The store in {options.Data} is not the one that was in use there.{WhatToDo}");
            if (known is null && wasEmpty && HasOlderLife(options))
                throw new StoreException($"The store in {options.Data} is empty, beside keys or checkpoints of an older life.{WhatToDo}");
        }

        if (found is null)
        {
            found = Guid.NewGuid().ToString("N");
            await store.CommitAsync(
                Table,
                Partition,
                [new Upsert(Row, new Dictionary<string, object> { ["Id"] = found })],
                cancellationToken);
        }

        if (found == known) return;
        await using var written = new FileStream(file, OwnerOnly.Options(FileMode.Create));
        await written.WriteAsync(System.Text.Encoding.UTF8.GetBytes(found), cancellationToken);
        written.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Whether this folder's SQLite store has lived before: it has checkpoints, or keys that were not made for a store of another kind.
    /// </summary>
    private static bool HasOlderLife(LocalOptions options)
    {
        if (HasFiles(CheckpointFolder.Of(options))) return true;
        var isOfOthers = Directory.Exists(options.Data)
            && (Directory.Exists(Path.Combine(options.Data, "azurite")) || Directory.GetDirectories(options.Data, "audit-*").Length > 0);
        return !isOfOthers && HasFiles(Path.Combine(options.Data, "keys"));
    }

    private static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();
}
