using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MappaFlows.Testing.Product;

/// <summary>Starts and stops the engine of a container that no host runs.</summary>
public static class EngineServices
{
    public static Task StartEngineAsync(this IServiceProvider services) =>
        services.GetServices<IHostedService>().Single().StartAsync(CancellationToken.None);

    public static Task StopEngineAsync(this IServiceProvider services) =>
        services.GetServices<IHostedService>().Single().StopAsync(CancellationToken.None);
}
