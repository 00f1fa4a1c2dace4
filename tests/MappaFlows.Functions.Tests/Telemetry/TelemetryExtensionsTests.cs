using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using MappaFlows.Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

    [Theory]
    [InlineData(null, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", true)]
    public void Only_an_exporter_takes_the_log_from_the_host(string? exporter, bool isTaken)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(exporter is null ? [] : [KeyValuePair.Create(exporter, (string?)"http://127.0.0.1:4317")])
            .Build();
        var services = new ServiceCollection().AddCleanTelemetry(configuration);

        Assert.Equal(isTaken, services.Any(service => service.ServiceType.FullName!.StartsWith("OpenTelemetry.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_an_exporter_the_host_gets_exceptions_without_their_own_words()
    {
        var lines = new Lines();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(lines))
            .AddCleanTelemetry(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        services.GetRequiredService<ILogger<TelemetryExtensionsTests>>().LogError(new InvalidOperationException("Robin Sample was typed"), "It failed.");

        var line = Assert.Single(lines.Said);
        Assert.Contains("It failed.", line, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), line, StringComparison.Ordinal);
        Assert.DoesNotContain("Robin", line, StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Said { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }

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
