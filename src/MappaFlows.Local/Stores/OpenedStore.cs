using MappaFlows.Local.Options;
using MappaFlows.Tables;

namespace MappaFlows.Local.Stores;

/// <summary>The store that the options chose, and whatever has to be stopped with it.</summary>
public sealed class OpenedStore : IAsyncDisposable
{
    private readonly IAsyncDisposable? _owned;

    private OpenedStore(ITableStore store, string description, IAsyncDisposable? owned)
    {
        Store = store;
        Description = description;
        _owned = owned;
    }

    public ITableStore Store { get; }

    /// <summary>What it is, in a few words without a secret.</summary>
    public string Description { get; }

    /// <summary>The SQLite file in a data folder.</summary>
    public static string SqlitePath(string data) => Path.Combine(data, "mappaflows.db");

    /// <summary>Opens it; starts Azurite where one is wanted and none runs.</summary>
    /// <exception cref="OptionException">The option names no store.</exception>
    /// <exception cref="StoreException">It could not be opened.</exception>
    public static Task<OpenedStore> OpenAsync(LocalOptions options, CancellationToken cancellationToken = default)
    {
        var store = new SqliteTableStore(SqlitePath(options.Data));
        return Task.FromResult(new OpenedStore(store, "SQLite", store));
    }

    public async ValueTask DisposeAsync()
    {
        if (_owned is not null) await _owned.DisposeAsync();
    }
}

/// <summary>The store could not be opened, in words for the person who started the product.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
