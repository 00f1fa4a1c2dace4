using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using MappaFlows.Tables.Cloud;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Tables;

/// <summary>
/// The table store on Azure Tables, or on Azurite. Every commit is an entity-group transaction, also a commit of one change, so that there
/// is one kind of answer and one kind of failure.
/// </summary>
/// <remarks>
/// <para>
/// The client's own retries are off, because they hide the one case that matters: a commit whose answer was lost may have happened. Here a
/// commit writes its id into its entities (<see cref="TableLimits.CommitIdProperty"/>); after a lost answer the entities are read back, and
/// only if the commit is not found is it sent again. A conflict after a lost answer is reported as one only where the commit provably did
/// not happen; where nothing can be proved (a deletion alone, or entities that someone has rewritten since) the caller gets
/// <see cref="TableUnavailableException"/>.
/// </para>
/// <para>
/// Two writes carry no condition and can be made twice after a lost answer: <see cref="Upsert"/>, and <see cref="Delete"/> without an ETag.
/// </para>
/// </remarks>
public sealed class AzureTableStore : ITableStore
{
    private readonly TableServiceClient _service;
    private readonly RetryPolicy _retries;
    private readonly ConcurrentDictionary<string, TableClient> _tables = new(StringComparer.OrdinalIgnoreCase);

    private AzureTableStore(TableServiceClient service, TimeProvider? time, ILogger<AzureTableStore>? logger)
    {
        _service = service;
        _retries = new RetryPolicy(time ?? TimeProvider.System, logger ?? NullLogger<AzureTableStore>.Instance);
    }

    /// <summary>With a storage account's connection string, as Azurite has.</summary>
    /// <param name="options">Transport and the like; its retries are turned off.</param>
    public static AzureTableStore FromConnectionString(
        string connectionString, TableClientOptions? options = null, TimeProvider? time = null, ILogger<AzureTableStore>? logger = null) =>
        new(new TableServiceClient(connectionString, WithoutRetries(options)), time, logger);

    /// <summary>With an account's table endpoint and an identity.</summary>
    /// <param name="endpoint">Such as https://account.table.core.windows.net.</param>
    /// <param name="credential">By default the identity of the machine, the environment or the developer.</param>
    /// <param name="options">Transport and the like; its retries are turned off.</param>
    public static AzureTableStore FromEndpoint(
        Uri endpoint,
        TokenCredential? credential = null,
        TableClientOptions? options = null,
        TimeProvider? time = null,
        ILogger<AzureTableStore>? logger = null) =>
        new(new TableServiceClient(endpoint, credential ?? new DefaultAzureCredential(), WithoutRetries(options)), time, logger);

    /// <inheritdoc />
    public async ValueTask<Entity?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken = default)
    {
        TableLimits.CheckRead(table, partition, row);
        var found = await _retries.ReadAsync(
            token => Client(table).GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: token), cancellationToken);
        return found.HasValue ? EntityMapping.ToEntity(found.Value!) : null;
    }

    /// <inheritdoc />
    public async ValueTask<EntityPage> QueryAsync(
        string table,
        string partition,
        RowRange range,
        int take = TableLimits.EntitiesPerPage,
        string? continuation = null,
        CancellationToken cancellationToken = default)
    {
        TableLimits.CheckQuery(table, partition, range, take, continuation);
        var filter = EntityMapping.Filter(partition, range, continuation);
        var entities = new List<Entity>();
        string? token = null;
        do
        {
            // The service may answer with fewer than asked, even with none, and a token.
            var (from, wanted) = (token, take - entities.Count);
            var page = await _retries.ReadAsync(cancel => PageAsync(Client(table), filter, wanted, from, cancel), cancellationToken);
            entities.AddRange(page.Values.Select(EntityMapping.ToEntity));
            token = page.ContinuationToken;
        }
        while (token is not null && entities.Count < take);
        // The service's own token is for one query text; a row key is stable, also across restarts and versions.
        return new EntityPage(entities, token is null ? null : entities[^1].Row);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<Change> changes,
        CancellationToken cancellationToken = default)
    {
        TableLimits.CheckCommit(table, partition, changes);
        var commit = new CloudCommit(Client(table), partition, changes, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)), _retries);
        return await commit.RunAsync(cancellationToken);
    }

    private static async Task<Page<TableEntity>> PageAsync(
        TableClient client,
        string filter,
        int take,
        string? token,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (
                var page in client.QueryAsync<TableEntity>(filter, take, cancellationToken: cancellationToken).AsPages(token, take))
            {
                return page;
            }
        }
        catch (RequestFailedException error) when (CloudError.IsTableMissing(error))
        {
            // Nothing was ever written to it.
        }
        return Page<TableEntity>.FromValues([], null, null!);
    }

    private TableClient Client(string table) => _tables.GetOrAdd(table, static (name, service) => service.GetTableClient(name), _service);

    private static TableClientOptions WithoutRetries(TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        // Addresses hold keys: what the client would log or trace of them is in no log of ours.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }
}
