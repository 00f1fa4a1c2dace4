using MappaFlows.DurableTask.Embedded.Client;
using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Operations;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.DurableTask.Embedded;

/// <summary>Adds the embedded backend of the Durable Task SDK to a host.</summary>
public static class EmbeddedDurableTaskServices
{
    /// <summary>
    /// Runs the orchestrations and activities of <paramref name="tasks"/> in this process, stored in <paramref name="store"/>.
    /// Adds the SDK's worker (as a hosted service) and its <see cref="DurableTaskClient"/>, <see cref="IEmbeddedEngine"/> and
    /// <see cref="IOrchestrationOperations"/>. The SDK's own options (data converter, versioning) are set as for every other backend.
    /// </summary>
    public static IServiceCollection AddEmbeddedDurableTask(
        this IServiceCollection services,
        ITableStore store,
        Action<DurableTaskRegistry> tasks,
        Action<EmbeddedDurableTaskOptions>? configure = null) =>
        services.AddEmbeddedDurableTask(_ => store, tasks, configure);

    /// <inheritdoc cref="AddEmbeddedDurableTask(IServiceCollection, ITableStore, Action{DurableTaskRegistry}, Action{EmbeddedDurableTaskOptions}?)"/>
    public static IServiceCollection AddEmbeddedDurableTask(
        this IServiceCollection services,
        Func<IServiceProvider, ITableStore> store,
        Action<DurableTaskRegistry> tasks,
        Action<EmbeddedDurableTaskOptions>? configure = null)
    {
        var options = new EmbeddedDurableTaskOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EmbeddedEngine(
            store(provider),
            provider,
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            options,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEmbeddedEngine>(provider => provider.GetRequiredService<EmbeddedEngine>());
        services.AddSingleton<IOrchestrationOperations, OrchestrationOperations>();
        services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(tasks);
            worker.UseBuildTarget<EmbeddedWorker>();
        });
        services.AddDurableTaskClient(client => client.UseBuildTarget<EmbeddedDurableTaskClient>());
        return services;
    }
}
