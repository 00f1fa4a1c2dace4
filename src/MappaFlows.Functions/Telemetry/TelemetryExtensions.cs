using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using MappaFlows.Workflows.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MappaFlows.Functions.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>
    /// Traces, metrics and logs by OpenTelemetry: to Application Insights where <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is set,
    /// by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is. The filters come before the exporters, so both get the same clean records.
    /// </summary>
    public static IServiceCollection AddCleanTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        // With these in place the worker sends its log to exporters only. Without an exporter it would go nowhere.
        if (string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"])
            && string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new RedactingLoggerFactory(new LoggerFactory(
                provider.GetServices<ILoggerProvider>(),
                provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                provider.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
                provider.GetService<IExternalScopeProvider>()))));
        }

        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddSource("MappaFlows.*")
                .AddProcessor(new PersonalDataSpanFilter()))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter(ProductMetrics.MeterName))
            .WithLogging(logs => logs.AddProcessor(new PersonalDataLogFilter()));

        if (!string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = ProofOfIdentity(configuration));
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
        return services;
    }

    /// <summary>
    /// The setting tells the Functions host to sign in to Application Insights; the exporter does not know it. Without a proof, a component
    /// that takes no instrumentation key would refuse everything that the app says, and no alert would ever come.
    /// </summary>
    private static DefaultAzureCredential? ProofOfIdentity(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]) ? null : new DefaultAzureCredential();
}
