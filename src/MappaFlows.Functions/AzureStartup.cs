using System.Globalization;
using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Site;
using MappaFlows.Functions.Telemetry;
using MappaFlows.Tables;
using MappaFlows.Workflows;
using MappaFlows.Workflows.Audit;
using MappaFlows.Workflows.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions;

/// <summary>
/// The whole product on Azure: the same projects as on one machine, on Microsoft's engine, Azure Tables and the platform's sign-in.
/// </summary>
internal static class AzureStartup
{
    /// <summary>Adds everything. Call it after the worker's own services are in place.</summary>
    public static IServiceCollection AddAzureProduct(this IServiceCollection services, IConfiguration configuration)
    {
        SettingChecks.Run(configuration);
        services.AddCleanTelemetry(configuration);
        services.AddRecords(configuration);
        services.AddCheckpointStore(configuration);

        services.AddDurableTasks(WorkflowServices.AddWorkflowTasks);

        services.AddSingleton(new ProductOptions
        {
            PublicUrl = configuration.Required("Site:PublicUrl", "where people reach the site, as it stands in emails").TrimEnd('/'),
            SenderAddress = configuration["Email:Sender"] ?? "",
            EmailsInWorkingHours = configuration.GetValue("Email:InWorkingHours", defaultValue: true),
        });
        services.AddWorkflows();
        services.AddEmailAndScheduler(configuration);
        return services.AddSite(
            isBehindHttps: configuration["Site:PublicUrl"]!.StartsWith("https:", StringComparison.OrdinalIgnoreCase),
            trustedProxies: int.TryParse(configuration["Site:TrustedProxies"], NumberStyles.None, CultureInfo.InvariantCulture, out var proxies)
                ? proxies : 0);
    }

    /// <summary>
    /// The records: a storage account's https table endpoint, as the app's identity; or a connection string, as Azurite has.
    /// </summary>
    private static IServiceCollection AddRecords(this IServiceCollection services, IConfiguration configuration)
    {
        var store = configuration.Required("Store", "the https table endpoint of the storage account with the records, or a connection string");
        return services.AddSingleton<ITableStore>(provider =>
            TableStores.OpenCloud(store, TimeProvider.System, provider.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>
    /// The container for checkpoints: in a storage account's https blob endpoint, as the app's identity; or by a connection string, as
    /// Azurite has.
    /// </summary>
    private static IServiceCollection AddCheckpointStore(this IServiceCollection services, IConfiguration configuration)
    {
        var account = configuration.Required("Audit:Store", "the https blob endpoint of the storage account with the audit container, or a connection string");
        var container = configuration.Required("Audit:Container", "the container whose documents no one can change");
        return services.AddSingleton<ICheckpointStore>(_ => BlobCheckpointStore.Open(account, container));
    }

    private static string Required(this IConfiguration configuration, string key, string what) =>
        configuration[key] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The setting {key} is missing: {what}.");
}
