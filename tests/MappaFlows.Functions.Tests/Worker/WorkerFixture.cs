using MappaFlows.Testing.Azurite;

namespace MappaFlows.Functions.Tests.Worker;

/// <summary>A worker with its functions loaded, on a storage of its own. One for the tests of a class.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    private FunctionsHost? _host;
    private StorageEmulator? _storage;

    /// <summary>The connection string of the storage.</summary>
    public string Storage => _storage!.ConnectionString;

    internal FunctionsHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        _storage = await StorageEmulator.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            _host = await FunctionsHost.StartAsync(Settings(_storage.ConnectionString));
        }
        catch
        {
            await _storage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_storage is not null) await _storage.DisposeAsync();
    }

    /// <summary>The settings of an app that the platform's sign-in stands before.</summary>
    internal static Dictionary<string, string> Settings(string storage) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["Store"] = storage,
        ["Audit__Store"] = storage,
        ["Audit__Container"] = "audit-heads",
        ["Site__PublicUrl"] = "https://mappaflows.example",
        ["Email__Endpoint"] = EmailAndScheduler.AreIncluded ? "https://mail.example" : "",
        ["Email__Sender"] = "do-not-reply@mail.example",
        ["DeliveryReportQueue"] = "email-delivery-reports",
        ["SweepSchedule"] = "0 */5 * * * *",
        ["WEBSITE_AUTH_ENABLED"] = "true",
        ["WEBSITE_HOSTNAME"] = "localhost",
    };
}
