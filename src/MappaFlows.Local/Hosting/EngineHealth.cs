using MappaFlows.DurableTask.Embedded;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MappaFlows.Local.Hosting;

/// <summary>Whether this process runs the orchestrations.</summary>
internal sealed class EngineHealth(IEmbeddedEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        engine.IsActive
            ? HealthCheckResult.Healthy("The engine runs.")
            : HealthCheckResult.Unhealthy("The engine waits for its lease: another process on the same data has it."));
}
