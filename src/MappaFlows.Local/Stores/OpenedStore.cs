using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using MappaFlows.Tables;

namespace MappaFlows.Local.Stores;

/// <summary>The store that the options chose, and the process that must stop with it.</summary>
public sealed class OpenedStore : IAsyncDisposable
{
    private const int AzuritePort = 10002;

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
    public static async Task<OpenedStore> OpenAsync(LocalOptions options, CancellationToken cancellationToken = default)
    {
        switch (options.Store.ToLowerInvariant())
        {
            case LocalOptions.Sqlite:
                var sqlite = LostStore.Open(options);
                return new(sqlite, "SQLite", sqlite);
            case LocalOptions.Azurite when await AnswersAsync(AzuritePort, cancellationToken):
                return new(AzureTableStore.FromConnectionString(AzuriteServer.ConnectionStringFor(AzuritePort)), $"the Azurite on port {AzuritePort}", owned: null);
            case LocalOptions.Azurite:
                var azurite = await StartAzuriteAsync(options.Data, cancellationToken);
                return new(
                    AzureTableStore.FromConnectionString(azurite.ConnectionString),
                    $"its own Azurite on port {azurite.Port}; a crash may lose its last seconds",
                    azurite);
            default:
                return new(Cloud(options.Store), "Azure Tables", owned: null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_owned is not null) await _owned.DisposeAsync();
    }

    private static AzureTableStore Cloud(string store)
    {
        if (Uri.TryCreate(store, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http")
            return AzureTableStore.FromEndpoint(endpoint);
        try
        {
            if (store.Contains('=', StringComparison.Ordinal)) return AzureTableStore.FromConnectionString(store);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            // Said below, without a word of what may be a secret.
        }

        throw new OptionException("--store is none of: sqlite, azurite, a storage account's connection string, the https address of a table endpoint.");
    }

    private static async Task<AzuriteServer> StartAzuriteAsync(string data, CancellationToken cancellationToken)
    {
        Console.WriteLine("No Azurite answers on its usual port: starting one. The first time, npm installs it.");
        try
        {
            var folder = OwnerOnly.Folder(Path.Combine(data, "azurite"));
            return await AzuriteServer.StartAsync(Path.Combine(AppContext.BaseDirectory, "Azurite"), folder, port: null, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            throw new StoreException($"Azurite could not be started: {exception.Message}", exception);
        }
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>The store could not be opened, in words for the person who started the product.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
