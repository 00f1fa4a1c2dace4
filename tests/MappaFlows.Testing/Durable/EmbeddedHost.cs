using MappaFlows.Durable;
using MappaFlows.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.Testing.Durable;

/// <summary>The embedded engine on any table store, with a clock that tests move.</summary>
public sealed class EmbeddedHost : IOrchestrationHost
{
    /// <summary>Where the tests' time begins.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly ITableStore _store;
    private readonly Action<DurableTaskRegistry> _register;
    private readonly Action<DurableEngineOptions>? _configure;
    private readonly Func<ValueTask> _release;
    private ServiceProvider _services;

    private EmbeddedHost(
        ITableStore store,
        Action<DurableTaskRegistry> register,
        Action<DurableEngineOptions>? configure,
        FakeTimeProvider time,
        Func<ValueTask> release)
    {
        _store = store;
        _register = register;
        _configure = configure;
        _release = release;
        Time = time;
        _services = Build();
    }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public DurableEngine Engine => _services.GetRequiredService<DurableEngine>();

    public IOrchestrationClient Client => _services.GetRequiredService<IOrchestrationClient>();

    public IOrchestrationAdmin Admin => _services.GetRequiredService<IOrchestrationAdmin>();

    public DateTimeOffset Now => Time.GetUtcNow();

    public HostAbilities Abilities => (HostAbilities)~0;

    /// <param name="release">What goes with the host when it is disposed: the store.</param>
    public static async Task<EmbeddedHost> StartAsync(
        ITableStore store,
        Action<DurableTaskRegistry> register,
        Action<DurableEngineOptions>? configure = null,
        FakeTimeProvider? time = null,
        Func<ValueTask>? release = null)
    {
        var host = new EmbeddedHost(store, register, configure, time ?? new FakeTimeProvider(Epoch), release ?? (() => ValueTask.CompletedTask));
        try
        {
            await host.Engine.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.Engine.CrashAsync();
            throw;
        }
    }

    public async Task CrashAndRestartAsync()
    {
        await Engine.CrashAsync();
        await _services.DisposeAsync();
        _services = Build();
        await Engine.StartAsync(CancellationToken.None);
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

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_store);
        services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(new TestLoggerFactory());
        services.AddSingleton<TimeProvider>(Time);
        services.AddDurableEngine(_register, _configure);
        return services.BuildServiceProvider();
    }
}
