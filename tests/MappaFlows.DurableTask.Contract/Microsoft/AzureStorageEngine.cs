using System.Collections.Concurrent;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract.Microsoft;

/// <summary>
/// Microsoft's engine on Azure Storage, as a Functions app has it by default. The server before it is that of InProcessTestHost, on another
/// store, so what that server lacks is lacking here too.
/// </summary>
public sealed class AzureStorageEngine : IDurableTaskEngine
{
    private const int QuietLooks = 24;
    private static readonly ConcurrentQueue<Task> Stopping = [];
    private static int _hubs;

    private readonly EngineSetup _setup;
    private readonly string _storage;
    private readonly string _hub;
    private readonly WorkLog _work = new();
    private Running _running = null!;

    private AzureStorageEngine(EngineSetup setup, string storage, string hub) => (_setup, _storage, _hub) = (setup, storage, hub);

    public DurableTaskClient Client => _running.Client;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public EngineCapabilities Capabilities => EngineCapabilities.Restart;

    /// <param name="setup">What the test asks for.</param>
    /// <param name="storage">
    /// The connection string of an account with blobs, queues and tables. Each engine has a task hub of its own in it.
    /// </param>
    public static async Task<IDurableTaskEngine> StartAsync(EngineSetup setup, string storage)
    {
        var engine = new AzureStorageEngine(setup, storage, $"Hub{Interlocked.Increment(ref _hubs)}");
        engine._running = await Running.StartAsync(engine);
        return engine;
    }

    public async Task RestartAsync()
    {
        await _running.StopAsync();
        _running = await Running.StartAsync(this);
    }

    public async Task AdvanceAsync(TimeSpan time)
    {
        await Task.Delay(time, TestContext.Current.CancellationToken);
        await WhenIdleAsync();
    }

    public Task WhenIdleAsync() =>
        _work.WhenQuietAsync(QuietLooks, () => Client.GetInstanceAsync("nobody", TestContext.Current.CancellationToken));

    /// <summary>
    /// Leaves the stop, which takes as long as a test, to go on beside the next test. <see cref="WhenStoppedAsync"/> waits for it.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Stopping.Enqueue(_running.StopAsync());
        return ValueTask.CompletedTask;
    }

    /// <summary>Completes when every engine has stopped. To be awaited before the storage goes.</summary>
    public static async Task WhenStoppedAsync()
    {
        while (Stopping.TryDequeue(out var stopping)) await stopping;
    }

    private sealed class Running(
        AzureStorageOrchestrationService backend,
        IHost server,
        IHost worker,
        ILoggerFactory loggers,
        GrpcChannel channel)
    {
        public DurableTaskClient Client { get; } = worker.Services.GetRequiredService<DurableTaskClient>();

        public static async Task<Running> StartAsync(AzureStorageEngine engine)
        {
            var backend = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
            {
                StorageAccountClientProvider = new StorageAccountClientProvider(engine._storage),
                TaskHubName = engine._hub,
                WorkerId = "test",
                PartitionCount = 1,

                // As the Functions host has it: a refused start throws, and is not passed over in silence.
                ThrowExceptionOnInvalidDedupeStatus = true,
                MaxQueuePollingInterval = TimeSpan.FromMilliseconds(100),

                // So that the engine that starts again need not wait for what the one before it held.
                UseAppLease = false,
                UseTablePartitionManagement = true,
                LeaseAcquireInterval = TimeSpan.FromMilliseconds(500),
                LeaseRenewInterval = TimeSpan.FromMilliseconds(500),
                LeaseInterval = TimeSpan.FromSeconds(3),
                ControlQueueVisibilityTimeout = TimeSpan.FromSeconds(5),
                WorkItemQueueVisibilityTimeout = TimeSpan.FromSeconds(5),
            });
            await backend.CreateIfNotExistsAsync();

            var plain = PlainEvents.Before(backend, out var started);
            var address = $"http://127.0.0.1:{Ports.Free()}";
            var server = Host.CreateDefaultBuilder()
                .ConfigureLogging(logging => logging.ClearProviders())
                .ConfigureWebHostDefaults(web => web
                    .UseUrls(address)
                    .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2))
                    .ConfigureServices(services =>
                    {
                        services.AddGrpc();
                        services.AddSingleton(plain);
                        services.AddSingleton<IOrchestrationServiceClient>(backend);
                        services.AddSingleton<TaskHubGrpcServer>();
                    })
                    .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGrpcService<TaskHubGrpcServer>())))
                .Build();
            await server.StartAsync(TestContext.Current.CancellationToken);

            var channel = GrpcChannel.ForAddress(address);
            var loggers = LoggerFactory.Create(logging => InProcessEngine.Logging(logging, engine._work, engine._setup.Logs));
            var worker = Host.CreateDefaultBuilder()
                .ConfigureServices(services =>
                {
                    // A factory of its own, so that the levels of the settings file do not keep from us what the worker says.
                    services.AddSingleton(loggers);
                    services.ConfigureAll(engine._setup.ConfigureWorker).ConfigureAll(engine._setup.ConfigureClient);
                    services.AddDurableTaskWorker(builder =>
                    {
                        builder.UseGrpc(channel);
                        builder.AddTasks(engine._setup.Register);
                    });
                    services.AddDurableTaskClient(builder =>
                    {
                        builder.UseGrpc(channel);
                        builder.RegisterDirectly();
                    });
                })
                .Build();
            await worker.StartAsync(TestContext.Current.CancellationToken);

            // The server cannot stop a store that has not started.
            await started;
            return new Running(backend, server, worker, loggers, channel);
        }

        public async Task StopAsync()
        {
            await worker.StopAsync();
            worker.Dispose();
            loggers.Dispose();
            await channel.ShutdownAsync();
            channel.Dispose();
            await server.StopAsync();
            server.Dispose();
            await backend.StopAsync(isForced: true);
        }
    }
}
