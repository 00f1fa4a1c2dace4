using MappaFlows.DurableTask.Embedded.Engine;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MappaFlows.DurableTask.Embedded;

/// <summary>
/// The SDK's worker: gives the registered tasks and the SDK's options to the engine, and starts and stops it with the host.
/// </summary>
internal sealed class EmbeddedWorker : DurableTaskWorker
{
    private readonly EmbeddedEngine _engine;
    private readonly Tasks _tasks;

    public EmbeddedWorker(
        string name,
        IDurableTaskFactory factory,
        EmbeddedEngine engine,
        IOptionsMonitor<DurableTaskWorkerOptions> options,
        IServiceProvider services)
        : base(name, factory)
    {
        _engine = engine;
        ExceptionPropertiesProvider = services.GetService<IExceptionPropertiesProvider>();
        _tasks = new Tasks(factory, options.Get(name), ExceptionPropertiesProvider);
    }

    public override Task StartAsync(CancellationToken cancellationToken) => _engine.StartAsync(_tasks, cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken) => _engine.StopAsync(cancellationToken);

    /// <summary>Never called: the engine has its own loop.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
