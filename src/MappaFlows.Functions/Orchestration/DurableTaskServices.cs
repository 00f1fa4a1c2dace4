using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Functions.Orchestration;

internal static class DurableTaskServices
{
    /// <summary>
    /// Runs the registered tasks as durable functions of their own names. Call it after the worker's own services are in place.
    /// </summary>
    public static IServiceCollection AddDurableTasks(this IServiceCollection services, Action<DurableTaskRegistry> register)
    {
        var registry = new DurableTaskRegistry();
        register(registry);
        services.AddSingleton(registry);
        services.AddSingleton<DurableClientHolder>();
        services.AddSingleton<IDurableTaskClientProvider>(provider => provider.GetRequiredService<DurableClientHolder>());

        var generated = services.Last(service => service.ServiceType == typeof(IFunctionMetadataProvider));
        services.Remove(generated);
        return services.AddSingleton<IFunctionMetadataProvider>(provider => new RegisteredTasksMetadataProvider(
            (IFunctionMetadataProvider)(generated.ImplementationInstance
                ?? generated.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, generated.ImplementationType!)),
            registry));
    }
}
