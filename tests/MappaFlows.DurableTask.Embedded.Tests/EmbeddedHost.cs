using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Embedded.Operations;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>The embedded engine on any table store, with a clock that tests move.</summary>
public sealed class EmbeddedHost : IDurableTaskEngine
{
    /// <summary>Where the tests' time begins.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly ITableStore _store;
    private readonly EngineSetup _setup;
    private readonly Action<EmbeddedDurableTaskOptions>? _configure;
    private readonly Func<ValueTask> _release;
    private ServiceProvider _services;

    private EmbeddedHost(
        ITableStore store,
        EngineSetup setup,
        Action<EmbeddedDurableTaskOptions>? configure,
        FakeTimeProvider time,
        Func<ValueTask> release)
    {
        _store = store;
        _setup = setup;
        _configure = configure;
        _release = release;
        Time = time;
        _services = Build();
    }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public EmbeddedEngine Engine => _services.GetRequiredService<EmbeddedEngine>();

    public DurableTaskClient Client => _services.GetRequiredService<DurableTaskClient>();

    public IOrchestrationOperations Operations => _services.GetRequiredService<IOrchestrationOperations>();

    public DateTimeOffset Now => Time.GetUtcNow();

    public EngineCapabilities Capabilities => EngineCapabilities.All;

    public static Task<EmbeddedHost> StartAsync(
        ITableStore store,
        Action<DurableTaskRegistry> register,
        Action<EmbeddedDurableTaskOptions>? configure = null,
        FakeTimeProvider? time = null,
        Func<ValueTask>? release = null) =>
        StartAsync(store, new EngineSetup(register), configure, time, release);

    /// <param name="release">What goes with the host when it is disposed: the store.</param>
    public static async Task<EmbeddedHost> StartAsync(
        ITableStore store,
        EngineSetup setup,
        Action<EmbeddedDurableTaskOptions>? configure = null,
        FakeTimeProvider? time = null,
        Func<ValueTask>? release = null)
    {
        var host = new EmbeddedHost(
            store,
            setup,
            configure,
            time ?? new FakeTimeProvider(Epoch),
            release ?? (() => ValueTask.CompletedTask));
        try
        {
            await host.StartWorkerAsync();
            return host;
        }
        catch
        {
            await host.Engine.CrashAsync();
            throw;
        }
    }

    public async Task RestartAsync()
    {
        await Engine.CrashAsync();
        await _services.DisposeAsync();
        _services = Build();
        await StartWorkerAsync();
    }

    public async Task AdvanceAsync(TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        while (true)
        {
            await WhenIdleAsync();
            if (Engine.NextTimerAt is not { } next || next > end)
                break;
            Time.SetUtcNow(next > Time.GetUtcNow() ? next : Time.GetUtcNow());
            Engine.ClockMoved();
        }
        Time.SetUtcNow(end);
        Engine.ClockMoved();
        await WhenIdleAsync();
    }

    public Task WhenIdleAsync() => Engine.WhenIdleAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Engine.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _release();
    }

    private Task StartWorkerAsync() => _services.GetServices<IHostedService>().Single().StartAsync(CancellationToken.None);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_setup.Logs is { } logs ? new LoggerFactory([logs]) : new TestLoggerFactory());
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(_store);
        services.AddEmbeddedDurableTask(_store, _setup.Register, _configure);
        services.AddDurableTaskWorker(worker => worker.Configure(_setup.ConfigureWorker));
        services.Configure(_setup.ConfigureClient);
        return services.BuildServiceProvider();
    }
}
