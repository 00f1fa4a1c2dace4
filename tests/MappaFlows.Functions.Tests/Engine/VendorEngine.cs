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
    readonly WorkCount _work;

    VendorEngine(DurableTaskTestHost host, WorkCount work)
    {
        (_host, _work) = (host, work);
        VendorClient = host.Client;
        Client = new DurableTaskClientAdapter(host.Client);
    }

    public IOrchestrationClient Client { get; }

    public Microsoft.DurableTask.Client.DurableTaskClient VendorClient { get; }

    /// <summary>How often code of ours was begun or ended so far.</summary>
    public int Work => _work.Count;

    /// <param name="register">Names the tasks.</param>
    /// <param name="services">Where activities find what they need; nothing where they need nothing.</param>
    public static async Task<VendorEngine> StartAsync(Action<DurableTaskRegistry> register, IServiceProvider? services = null)
    {
        var registry = new DurableTaskRegistry();
        register(registry);
        services ??= NoServices.Instance;
        var work = new WorkCount();
        var host = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                foreach (var (name, create) in registry.Orchestrators)
                    tasks.AddOrchestrator(name.Name, () => new PortOrchestrator(create(services), work));
                foreach (var (name, create) in registry.Activities)
                    tasks.AddActivity(name.Name, _ => new PortActivity(create(services), work));
            },
            new DurableTaskTestHostOptions { Port = FreePort() },
            TestContext.Current.CancellationToken);
        return new VendorEngine(host, work);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed class WorkCount
    {
        int _count;

        public int Count => Volatile.Read(ref _count);

        public async Task<object?> Of(Func<Task<object?>> work)
        {
            Interlocked.Increment(ref _count);
            try
            {
                return await work();
            }
            finally
            {
                Interlocked.Increment(ref _count);
            }
        }
    }

    sealed class PortOrchestrator(ITaskOrchestrator inner, WorkCount work) : Vendor.ITaskOrchestrator
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskOrchestrationContext context, object? input) =>
            work.Of(() => inner.RunAsync(new DurableTaskOrchestrationContext(context), input));
    }

    sealed class PortActivity(ITaskActivity inner, WorkCount work) : Vendor.ITaskActivity
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskActivityContext context, object? input) =>
            work.Of(() => inner.RunAsync(new TaskActivityContext(context.Name.Name, context.InstanceId), input));
    }

    sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>For tests that share the processor badly.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
