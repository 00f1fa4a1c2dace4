using System.Text.Json;
using MappaFlows.Durable;
using MappaFlows.Tables;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MappaFlows.Local.Hosting;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can do its work, or why not (503).</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/alive", new() { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status == HealthStatus.Healthy ? "ready" : "not ready",
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description),
        },
        (JsonSerializerOptions?)null,
        "application/json",
        context.RequestAborted);
}

/// <summary>Whether the store takes and gives back.</summary>
internal sealed class StoreHealth(ITableStore store) : IHealthCheck
{
    private const string Table = "LocalHealth";
    private static readonly string Row = Environment.MachineName + "-" + Environment.ProcessId;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.CommitAsync(Table, "health", [new Upsert(Row, new Dictionary<string, object>())], cancellationToken);
            await store.CommitAsync(Table, "health", [new Delete(Row)], cancellationToken);
            return HealthCheckResult.Healthy("The store can be read and written.");
        }
        catch (TableStoreException exception)
        {
            return HealthCheckResult.Unhealthy("The store cannot be written.", exception);
        }
    }
}

/// <summary>Whether this process runs the orchestrations.</summary>
internal sealed class EngineHealth(IDurableEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        engine.IsActive
            ? HealthCheckResult.Healthy("The engine runs.")
            : HealthCheckResult.Unhealthy("The engine waits for its lease: another process on the same data has it."));
}
