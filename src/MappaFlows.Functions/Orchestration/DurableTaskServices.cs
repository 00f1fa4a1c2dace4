using MappaFlows.Durable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Functions.Orchestration;

internal static class DurableTaskServices
{
    /// <summary>Runs the registered tasks as durable functions of their own names. Call it after the worker's own services are in place.</summary>
    public static IServiceCollection AddDurableTasks(this IServiceCollection services, DurableTaskRegistry registry)
    {
        services.AddSingleton(registry);
        services.AddSingleton<DurableClientHolder>();
        services.AddSingleton<IOrchestrationClient>(provider =>
        {
            var clients = provider.GetRequiredService<DurableClientHolder>();
            return new DurableTaskClientAdapter(() => clients.Client);
        });

        var generated = services.Last(service => service.ServiceType == typeof(IFunctionMetadataProvider));
        services.Remove(generated);
        return services.AddSingleton<IFunctionMetadataProvider>(provider => new RegisteredTasksMetadataProvider(
            (IFunctionMetadataProvider)(generated.ImplementationInstance
                ?? generated.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, generated.ImplementationType!)),
            registry));
    }
}
