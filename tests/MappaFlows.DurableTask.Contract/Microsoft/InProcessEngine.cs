using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.DurableTask.Contract.Microsoft;

/// <summary>
/// Microsoft's engine in memory, as Microsoft.DurableTask.InProcessTestHost starts it. Its time is real, so letting time pass is waiting.
/// </summary>
public sealed class InProcessEngine : IDurableTaskEngine
{
    private const int QuietLooks = 10;

    private readonly DurableTaskTestHost _host;
    private readonly WorkLog _work;
    private readonly ILoggerFactory _loggers;

    private InProcessEngine(DurableTaskTestHost host, WorkLog work, ILoggerFactory loggers) =>
        (_host, _work, _loggers) = (host, work, loggers);

    public DurableTaskClient Client => _host.Client;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public EngineCapabilities Capabilities => EngineCapabilities.None;

    public static async Task<IDurableTaskEngine> StartAsync(EngineSetup setup)
    {
        var work = new WorkLog();
        var loggers = LoggerFactory.Create(logging => Logging(logging, work, setup.Logs));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var host = await DurableTaskTestHost.StartAsync(
                    setup.Register,
                    new DurableTaskTestHostOptions
                    {
                        Port = Ports.Free(),
                        LoggerFactory = loggers,
                        ConfigureServices = services => services.ConfigureAll(setup.ConfigureWorker).ConfigureAll(setup.ConfigureClient),
                    },
                    TestContext.Current.CancellationToken);
                return new InProcessEngine(host, work, loggers);
            }
            catch (IOException) when (attempt < 5)
            {
                // Another test took the port between the look and the use.
            }
        }
    }

    public Task RestartAsync() => throw new NotSupportedException("Nothing outlives this engine.");

    public async Task AdvanceAsync(TimeSpan time)
    {
        await Task.Delay(time, TestContext.Current.CancellationToken);
        await WhenIdleAsync();
    }

    public Task WhenIdleAsync() =>
        _work.WhenQuietAsync(QuietLooks, () => Client.GetInstanceAsync("nobody", TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _loggers.Dispose();
    }

    internal static void Logging(ILoggingBuilder logging, WorkLog work, ILoggerProvider? logs)
    {
        logging.SetMinimumLevel(LogLevel.Debug);
        logging.AddProvider(work);
        if (logs is not null) logging.AddProvider(logs);
    }
}
