using System.Diagnostics;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MappaFlows.Benchmarks;

/// <summary>An engine on a store, with the orchestrations that are measured.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Bench(ITableStore store, TimeProvider time, string prefix)
    {
        Store = new CountingStore(store);
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddEmbeddedDurableTask(Store, Register, o => o.TableNamePrefix = prefix);
        _services = services.BuildServiceProvider();
    }

    public CountingStore Store { get; }

    public EmbeddedEngine Engine => _services.GetRequiredService<EmbeddedEngine>();

    private IHostedService Worker => _services.GetServices<IHostedService>().Single();

    public DurableTaskClient Client => _services.GetRequiredService<DurableTaskClient>();

    public static async Task<Bench> StartAsync(ITableStore store, TimeProvider? time = null, string prefix = "Bench")
    {
        var bench = new Bench(store, time ?? TimeProvider.System, prefix);
        await bench.Worker.StartAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>Runs orchestrations to their end, so many at once.</summary>
    /// <returns>The time that each took, in milliseconds, in ascending order.</returns>
    public async Task<double[]> RunAsync(string name, int count, int concurrency, object? input = null)
    {
        var times = new double[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            await Task.Yield();
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var started = Stopwatch.GetTimestamp();
                var id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input);
                var ended = await Client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
                if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
                    throw new InvalidOperationException($"{name} ended as {ended.RuntimeStatus}: {ended.FailureDetails?.ErrorMessage}");
                times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }));
        Array.Sort(times);
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private static void Register(DurableTaskRegistry registry) => registry
        .AddActivityFunc<string, string>("Hello", (_, city) => Task.FromResult($"Hello {city}!"))
        .AddOrchestratorFunc<int, string>("HelloCities", async (c, count) =>
        {
            var last = "";
            for (var i = 0; i < count; i++)
                last = await c.CallActivityAsync<string>("Hello", "City");
            return last;
        })
        .AddOrchestratorFunc<int, int>("Loop", async (c, left) =>
        {
            await c.WaitForExternalEvent<int>("Next");
            if (left > 1)
                c.ContinueAsNew(left - 1);
            return left;
        })
        .AddOrchestratorFunc<int, int>("Replayed", async (c, count) =>
        {
            for (var i = 0; i < count; i++)
                await c.CallActivityAsync<string>("Hello", "City");
            return await c.WaitForExternalEvent<int>("Go");
        })
        .AddOrchestratorFunc<int, int>("Sleep", async (c, minutes) =>
        {
            await c.CreateTimer(TimeSpan.FromMinutes(minutes), CancellationToken.None);
            return minutes;
        });
}
