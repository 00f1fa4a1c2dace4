using MappaFlows.DurableTask.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>Orchestration code that holds its thread is named, and those who send messages to it are answered.</summary>
public sealed class BlockingCodeTests : IAsyncDisposable
{
    private readonly TempStore _file = new();
    private readonly FakeTimeProvider _hostTime = new(EmbeddedHost.Epoch);
    private readonly ManualResetEventSlim _open = new();
    private readonly BlockedLog _log = new();
    private int _blocking;

    public ValueTask DisposeAsync()
    {
        _open.Set();
        return _file.DisposeAsync();
    }

    [Fact]
    public async Task Code_that_holds_its_thread_is_listed_and_logged_once()
    {
        await using var host = await StartHostAsync();
        var start = StartBlockAsync(host, "a");
        await BlockedAsync(1);
        Assert.Empty(host.Operations.ListBlocked());

        await UntilAsync(() => host.Operations.ListBlocked().Count > 0);
        var blocked = Assert.Single(host.Operations.ListBlocked());
        Assert.Equal(("a", "Block"), (blocked.InstanceId, blocked.Name));
        Assert.InRange(blocked.For, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        await UntilAsync(() => _log.Count > 0);
        var until = _hostTime.GetUtcNow() + TimeSpan.FromSeconds(30);
        await UntilAsync(() => _hostTime.GetUtcNow() >= until);
        Assert.Equal(1, _log.Count);

        _open.Set();
        await UntilAsync(() => host.Operations.ListBlocked().Count == 0);
        await start;
        await host.Client.TerminateInstanceAsync("a");
    }

    [Fact]
    public async Task Messages_to_code_that_holds_its_thread_are_answered_and_taken_in_when_it_comes_back()
    {
        await using var host = await StartHostAsync();
        await SendAllAsync(host);

        _open.Set();
        await host.WhenIdleAsync();

        await AssertTakenInAsync(host);
    }

    [Fact]
    public async Task Messages_to_code_that_holds_its_thread_are_taken_in_after_a_crash()
    {
        var first = await StartHostAsync();
        await SendAllAsync(first);

        await first.Engine.CrashAsync();
        await using var next = await StartHostAsync();
        await BlockedAsync(3);
        _open.Set();
        await next.WhenIdleAsync();

        await AssertTakenInAsync(next);
    }

    [Fact]
    public async Task A_start_is_answered_while_other_code_holds_every_thread()
    {
        await using var host = await StartHostAsync(atOnce: 1);
        var block = StartBlockAsync(host, "a");
        await BlockedAsync(1);
        await AnsweredAsync(block);

        var start = host.Client.ScheduleNewOrchestrationInstanceAsync("Block", "");
        await AnsweredAsync(start);
        await host.Engine.CrashAsync();
        await using var next = await StartHostAsync();
        await BlockedAsync(3);
        _open.Set();
        await next.WhenIdleAsync();

        var started = (await next.Client.GetInstanceAsync(await start))!;
        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
        await TerminateAsync(next, "a", started.InstanceId);
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Fact]
    public async Task A_second_start_with_the_same_id_is_refused_when_the_code_comes_back()
    {
        await using var host = await StartHostAsync();
        var first = StartBlockAsync(host, "a");
        await BlockedAsync(1);
        var second = StartBlockAsync(host, "a");
        await AnsweredAsync(first);
        Assert.False(second.IsCompleted);

        _open.Set();

        await Assert.ThrowsAsync<global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException>(() => second);
        await TerminateAsync(host, "a");
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    /// <summary>
    /// Sends a message of each kind to code that holds its thread, and sees each answered. One instance is terminated, the other not.
    /// </summary>
    private async Task SendAllAsync(EmbeddedHost host)
    {
        var starts = new[] { StartBlockAsync(host, "a"), StartBlockAsync(host, "b") };
        await BlockedAsync(2);
        foreach (var start in starts)
            await AnsweredAsync(start);

        await AnsweredAsync(host.Client.RaiseEventAsync("a", "Signal", "1"));
        await AnsweredAsync(host.Client.RaiseEventAsync("a", "Signal", "2"));
        await AnsweredAsync(host.Client.SuspendInstanceAsync("a"));
        await AnsweredAsync(host.Client.TerminateInstanceAsync("b", "stopped"));
    }

    private async Task AssertTakenInAsync(EmbeddedHost host)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.Client.GetInstanceAsync("a"))!.RuntimeStatus);
        await host.Client.ResumeInstanceAsync("a");
        await host.Client.RaiseEventAsync("a", "Signal", "3");
        await host.WhenIdleAsync();
        Assert.Equal("\"123\"", (await host.Client.GetInstanceAsync("a", true))!.SerializedOutput);
        var terminated = (await host.Client.GetInstanceAsync("b", true))!;
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stopped\""), (terminated.RuntimeStatus, terminated.SerializedOutput));
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    private static async Task TerminateAsync(EmbeddedHost host, params string[] ids)
    {
        foreach (var id in ids)
            await host.Client.TerminateInstanceAsync(id);
        await host.WhenIdleAsync();
    }

    private Task<EmbeddedHost> StartHostAsync(int atOnce = 4) => EmbeddedHost.StartAsync(
        _file.Store,
        new EngineSetup(r => r.AddOrchestratorFunc<string, string>("Block", async (c, _) =>
        {
            Interlocked.Increment(ref _blocking);
            _open.Wait();
            return await c.WaitForExternalEvent<string>("Signal") + await c
                .WaitForExternalEvent<string>("Signal") + await c
                .WaitForExternalEvent<string>("Signal");
        }))
        { Logs = _log },
        options => (options.HostTime, options.MaxConcurrentOrchestrations, options.ShutdownPatience) = (_hostTime, atOnce, TimeSpan.Zero));

    private static Task<string> StartBlockAsync(EmbeddedHost host, string id) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync("Block", "", new StartOrchestrationOptions(id));

    private Task BlockedAsync(int turns) => Wait.UntilAsync(() => Volatile.Read(ref _blocking) >= turns);

    /// <summary>The answer comes within a second of the host's time.</summary>
    private async Task AnsweredAsync(Task sent)
    {
        var passed = TimeSpan.Zero;
        var step = TimeSpan.FromMilliseconds(250);
        // The commit between takes real time, in which the host's clock stands.
        while (passed < TimeSpan.FromSeconds(1) && !sent.IsCompleted)
        {
            _hostTime.Advance(step);
            passed += step;
            await Task.WhenAny(sent, Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));
        }
        await Wait.ForAsync(sent);
        Assert.False(_open.IsSet);
    }

    /// <summary>Moves the hosts' clock until something has happened.</summary>
    private Task UntilAsync(Func<bool> happened) => Wait.UntilAsync(() =>
    {
        if (happened())
            return true;
        _hostTime.Advance(TimeSpan.FromMilliseconds(250));
        return false;
    });

    /// <summary>Counts what is said of blocked code.</summary>
    private sealed class BlockedLog : ILoggerProvider, ILogger
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains("instance a (Block) has held its thread", StringComparison.Ordinal))
                Interlocked.Increment(ref _count);
        }

        public void Dispose()
        {
        }
    }
}
