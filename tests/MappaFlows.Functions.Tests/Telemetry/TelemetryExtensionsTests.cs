using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using MappaFlows.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Tests.Telemetry;

public class TelemetryExtensionsTests
{
    private const string Component = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://insights.example.test";

    [Fact]
    public void Where_the_host_signs_in_to_Application_Insights_so_does_the_app() =>
        Assert.IsType<DefaultAzureCredential>(Exporter(("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=id;Authorization=AAD")).Credential);

    [Fact]
    public void Where_the_host_does_not_the_app_does_not_look_for_an_identity() => Assert.Null(Exporter().Credential);

    private static AzureMonitorExporterOptions Exporter(params (string Name, string Value)[] settings)
    {
        var all = settings.Append(("APPLICATIONINSIGHTS_CONNECTION_STRING", Component));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(all.Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)))
            .Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddCleanTelemetry(configuration)
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;
    }
}
