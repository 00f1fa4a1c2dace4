using Azure.Monitor.OpenTelemetry.Exporter;
using MappaFlows.Workflows;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
            telemetry.UseAzureMonitorExporter();
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
        return services;
    }
}
