using MappaFlows.Durable.Engine;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.Durable;

/// <summary>Adds the embedded engine to a host.</summary>
public static class DurableEngineServices
{
    /// <summary>
    /// Adds <see cref="IOrchestrationClient"/>, <see cref="IDurableEngine"/>, <see cref="IOrchestrationAdmin"/> and the engine itself as a hosted service.
    /// It takes its <see cref="ITableStore"/> and <see cref="TimeProvider"/> from the services.
    /// </summary>
    public static IServiceCollection AddDurableEngine(
        this IServiceCollection services, Action<DurableTaskRegistry> register, Action<DurableEngineOptions>? configure = null)
    {
        var registry = new DurableTaskRegistry();
        register(registry);
        var options = new DurableEngineOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(p => new DurableEngine(
            p.GetRequiredService<ITableStore>(), registry, p, p.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, options, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDurableEngine>(p => p.GetRequiredService<DurableEngine>());
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<DurableEngine>());
        services.AddSingleton<IOrchestrationClient>(p => new EngineClient(p.GetRequiredService<DurableEngine>()));
        services.AddSingleton<IOrchestrationAdmin>(p => new EngineAdmin(p.GetRequiredService<DurableEngine>()));
        return services;
    }
}
