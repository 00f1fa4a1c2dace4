using DurableTask.AzureStorage;
using DurableTask.Core;
using Grpc.Net.Client;
using MappaFlows.Durable;
using MappaFlows.Functions.Orchestration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using DurableTaskRegistry = MappaFlows.Durable.DurableTaskRegistry;
using IOrchestrationClient = MappaFlows.Durable.IOrchestrationClient;
using TaskActivityContext = MappaFlows.Durable.TaskActivityContext;
using Vendor = Microsoft.DurableTask;

namespace MappaFlows.Functions.Tests.Engine;

/// <summary>
/// The vendor's engine, behind our port: in memory, or on Azure Storage. Its time is real.
/// </summary>
/// <remarks>Slow with several instances at once, so tests on it run in turn (<see cref="OneAtATime"/>).</remarks>
public sealed class VendorEngine : IAsyncDisposable
{
    private readonly DurableTaskTestHost _host;
    private readonly WorkCount _work;

    private VendorEngine(DurableTaskTestHost host, WorkCount work)
    {
        (_host, _work) = (host, work);
        VendorClient = host.Client;
        Client = new DurableTaskClientAdapter(host.Client);
    }

    public IOrchestrationClient Client { get; }

    public Microsoft.DurableTask.Client.DurableTaskClient VendorClient { get; }

    /// <summary>How often code of ours was begun or ended so far.</summary>
    public int Work => _work.Count;

    /// <summary>In memory.</summary>
    /// <param name="register">Names the tasks.</param>
    /// <param name="services">Where activities find what they need; nothing where they need nothing.</param>
    public static async Task<VendorEngine> StartAsync(Action<DurableTaskRegistry> register, IServiceProvider? services = null)
    {
        var work = new WorkCount();
        var host = await DurableTaskTestHost.StartAsync(
            tasks => Add(tasks, register, services ?? NoServices.Instance, work),
            new DurableTaskTestHostOptions { Port = FreePort() },
            TestContext.Current.CancellationToken);
        return new VendorEngine(host, work);
    }

    /// <summary>On the Azure Storage backend, as a Functions app has it by default. The same server and worker as in memory, on another store.</summary>
    /// <param name="storage">The connection string of an account with blobs, queues and tables.</param>
    public static async Task<VendorEngine> StartOnStorageAsync(string storage, Action<DurableTaskRegistry> register, IServiceProvider services)
    {
        var backend = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(storage),
            TaskHubName = "MappaFlows",
            WorkerId = "test",
            MaxQueuePollingInterval = TimeSpan.FromSeconds(1),
        });
        await backend.CreateIfNotExistsAsync();

        var address = $"http://127.0.0.1:{FreePort()}";
        var server = Host.CreateDefaultBuilder()
            .ConfigureWebHostDefaults(web => web
                .UseUrls(address)
                .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2))
                .ConfigureServices(collection =>
                {
                    collection.AddGrpc();
                    collection.AddSingleton(PlainEvents.Before(backend));
                    collection.AddSingleton<IOrchestrationServiceClient>(backend);
                    collection.AddSingleton<TaskHubGrpcServer>();
                })
                .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGrpcService<TaskHubGrpcServer>())))
            .Build();
        await server.StartAsync(TestContext.Current.CancellationToken);

        var work = new WorkCount();
        var channel = GrpcChannel.ForAddress(address);
        var worker = Host.CreateDefaultBuilder()
            .ConfigureServices(collection =>
            {
                collection.AddDurableTaskWorker(builder =>
                {
                    builder.UseGrpc(channel);
                    builder.AddTasks(tasks => Add(tasks, register, services, work));
                });
                collection.AddDurableTaskClient(builder =>
                {
                    builder.UseGrpc(channel);
                    builder.RegisterDirectly();
                });
            })
            .Build();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        return new VendorEngine(
            new DurableTaskTestHost(server, worker, channel, worker.Services.GetRequiredService<Microsoft.DurableTask.Client.DurableTaskClient>()),
            work);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Add(Vendor.DurableTaskRegistry tasks, Action<DurableTaskRegistry> register, IServiceProvider services, WorkCount work)
    {
        var registry = new DurableTaskRegistry();
        register(registry);
        foreach (var (name, create) in registry.Orchestrators)
            tasks.AddOrchestrator(name.Name, () => new PortOrchestrator(create(services), work));
        foreach (var (name, create) in registry.Activities)
            tasks.AddActivity(name.Name, _ => new PortActivity(create(services), work));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class WorkCount
    {
        private int _count;

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

    private sealed class PortOrchestrator(ITaskOrchestrator inner, WorkCount work) : Vendor.ITaskOrchestrator
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskOrchestrationContext context, object? input) =>
            work.Of(() => inner.RunAsync(new DurableTaskOrchestrationContext(context), input));
    }

    private sealed class PortActivity(ITaskActivity inner, WorkCount work) : Vendor.ITaskActivity
    {
        public Type InputType => inner.InputType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(Vendor.TaskActivityContext context, object? input) =>
            work.Of(() => inner.RunAsync(new TaskActivityContext(context.Name.Name, context.InstanceId), input));
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>For tests that share the processor badly.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
