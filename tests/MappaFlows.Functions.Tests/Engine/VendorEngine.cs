using MappaFlows.Durable;
using MappaFlows.Functions.Orchestration;
using Microsoft.DurableTask.Testing;
using Vendor = Microsoft.DurableTask;

namespace MappaFlows.Functions.Tests.Engine;

/// <summary>
/// The vendor's engine in memory, behind our port. Its time is real and nothing outlives it.
/// </summary>
/// <remarks>Slow with several instances at once, so tests on it run in turn (<see cref="OneAtATime"/>).</remarks>
public sealed class VendorEngine : IAsyncDisposable
{
    readonly DurableTaskTestHost _host;

    VendorEngine(DurableTaskTestHost host)
    {
        _host = host;
        Client = new DurableTaskClientAdapter(host.Client);
    }

    public IOrchestrationClient Client { get; }

    public static async Task<VendorEngine> StartAsync(Action<DurableTaskRegistry> register)
    {
        var registry = new DurableTaskRegistry();
        register(registry);
        return new VendorEngine(await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                foreach (var (name, create) in registry.Orchestrators)
                    tasks.AddOrchestrator(name.Name, () => new PortOrchestrator(create(NoServices.Instance)));
                foreach (var (name, create) in registry.Activities)
                    tasks.AddActivity(name.Name, services => new PortActivity(create(services)));
            },
            new DurableTaskTestHostOptions { Port = FreePort() },
            TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed class PortOrchestrator(ITaskOrchestrator inner) : Vendor.ITaskOrchestrator
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskOrchestrationContext context, object? input) =>
            inner.RunAsync(new DurableTaskOrchestrationContext(context), input);
    }

    sealed class PortActivity(ITaskActivity inner) : Vendor.ITaskActivity
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskActivityContext context, object? input) =>
            inner.RunAsync(new TaskActivityContext(context.Name.Name, context.InstanceId), input);
    }

    /// <summary>Orchestrators have no dependencies.</summary>
    sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>For tests that share the processor badly.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
