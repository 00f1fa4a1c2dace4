using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables;

/// <summary>Opens the store that a command line or a setting names.</summary>
public static class TableStores
{
    /// <summary>SQLite, in the data folder.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>An Azurite that listens on its usual port of this machine.</summary>
    public const string Azurite = "azurite";

    /// <summary>The file of the SQLite store in the data folder.</summary>
    public const string SqliteFileName = "mappaflows.db";

    private const string AzuriteConnection = "UseDevelopmentStorage=true";
    private const int AzuritePort = 10002;

    /// <summary>Opens a store and, but for SQLite, asks it once, so that a wrong address or identity is found at the start.</summary>
    /// <param name="store">
    /// <see cref="Sqlite"/>, <see cref="Azurite"/>, a storage connection string, or an account's https table endpoint (which is opened with
    /// the
    /// identity that Azure's default credential finds).
    /// </param>
    /// <param name="dataFolder">Where SQLite keeps its file; made where it is not there.</param>
    /// <returns>The store; dispose of it where it is <see cref="IAsyncDisposable"/>.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="store"/> is none of these. The message does not repeat it: it can hold a key.
    /// </exception>
    /// <exception cref="TableStoreException">The store could not be opened.</exception>
    public static async Task<ITableStore> OpenAsync(
        string store,
        string dataFolder,
        TimeProvider? time = null,
        ILoggerFactory? loggers = null,
        CancellationToken cancellationToken = default)
    {
        loggers ??= NullLoggerFactory.Instance;
        if (store.Equals(Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            Directory.CreateDirectory(dataFolder);
            return new SqliteTableStore(Path.Combine(dataFolder, SqliteFileName), time, loggers.CreateLogger<SqliteTableStore>());
        }

        var cloud = OpenCloud(store, time, loggers);
        if (store.Equals(Azurite, StringComparison.OrdinalIgnoreCase) && !await IsAzuriteRunningAsync(cancellationToken))
            throw new TableUnavailableException($"No Azurite listens on port {AzuritePort} of this machine: start it first.");
        await cloud.GetAsync("StoreCheck", "", "", cancellationToken);
        return cloud;
    }

    /// <summary>Whether something answers on Azurite's usual table port of this machine.</summary>
    public static async Task<bool> IsAzuriteRunningAsync(CancellationToken cancellationToken = default)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", AzuritePort, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Opens a store beyond this machine without asking it anything: for a host that must start while its rights are still being given.
    /// </summary>
    /// <param name="store">As for <see cref="OpenAsync"/>, but not <see cref="Sqlite"/>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="store"/> is none of these. The message does not repeat it: it can hold a key.
    /// </exception>
    public static AzureTableStore OpenCloud(string store, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<AzureTableStore>();
        if (store.Equals(Azurite, StringComparison.OrdinalIgnoreCase))
            return AzureTableStore.FromConnectionString(AzuriteConnection, time: time, logger: logger);
        if (Uri.TryCreate(store, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps)
            return AzureTableStore.FromEndpoint(endpoint, time: time, logger: logger);
        if (store.Contains('='))
        {
            try
            {
                return AzureTableStore.FromConnectionString(store, time: time, logger: logger);
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException)
            {
                throw new ArgumentException("The connection string is not one of a storage account.", nameof(store), error);
            }
        }
        throw new ArgumentException(
            $"A store is '{Sqlite}', '{Azurite}', a storage connection string, or an https address such as https://account.table.core.windows.net.", nameof(store));
    }
}
