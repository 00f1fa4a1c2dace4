using System.Text.Json;
using MappaFlows.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MappaFlows.Web.Hosting;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can do its work, or why not (503).</summary>
public static class Health
{
    /// <summary>Checks the store; a host adds what else it needs.</summary>
    public static IHealthChecksBuilder AddStoreHealth(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<StoreHealth>("store")
            .AddCheck<RecordsHealth>("records")
            .AddCheck<OutboxHealth>("outbox")
            .AddCheck<LossHealth>("loss");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(Routes.Alive, new() { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks(Routes.Health, new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status == HealthStatus.Unhealthy ? "not ready" : "ready",
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description),
        },
        (JsonSerializerOptions?)null,
        "application/json",
        context.RequestAborted);
}

/// <summary>Whether a record was found that is not what was recorded. The product works on without it, so it stays ready.</summary>
internal sealed class RecordsHealth(BrokenRecords records) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await records.ListAsync(take: 1, cancellationToken)).Count == 0
                ? HealthCheckResult.Healthy("No record was found that is not what was recorded.")
                : HealthCheckResult.Degraded("Some records are not what was recorded: see the page Checkpoints.");
        }
        catch (TableStoreException exception)
        {
            return HealthCheckResult.Degraded("The store cannot be read.", exception);
        }
    }
}

/// <summary>Whether something that follows from a decision could not be done. The product works on without it, so it stays ready.</summary>
internal sealed class OutboxHealth(SetAsideItems setAside) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await setAside.AnyAsync(cancellationToken)
                ? HealthCheckResult.Degraded("Emails, signals or list entries failed too often and wait for a person: see the page Quarantined.")
                : HealthCheckResult.Healthy("Nothing failed so often that a person has to see to it.");
        }
        catch (TableStoreException exception)
        {
            return HealthCheckResult.Degraded("The store cannot be read.", exception);
        }
    }
}

/// <summary>Whether the checkpoints tell of records that the store has lost.</summary>
internal sealed class LossHealth(StoreLoss loss) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await loss.FindAsync(cancellationToken) is { } words
                ? HealthCheckResult.Unhealthy(words)
                : HealthCheckResult.Healthy("The store has every record that its checkpoints tell of.");
        }
        catch (Exception exception)
            when (exception is TableStoreException or IOException or Azure.RequestFailedException or AggregateException)
        {
            return HealthCheckResult.Degraded("The store, or the checkpoints, cannot be read.", exception);
        }
    }
}

/// <summary>Whether the store takes and gives back.</summary>
internal sealed class StoreHealth(ITableStore store) : IHealthCheck
{
    private const string Table = "Health";
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
