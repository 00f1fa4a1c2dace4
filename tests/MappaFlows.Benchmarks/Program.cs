using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MappaFlows.Benchmarks;
using MappaFlows.DurableTask.Embedded;
using MappaFlows.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

// Measures the engine, every commit durable, beside the raw store doing as many rows in the same run. JSON goes to standard output.
const string Help = """
    dotnet run -c Release --project tests/MappaFlows.Benchmarks -- [all|cities|latency|chain|loop|replay|rows|sleepers] [--store sqlite|CONNECTION] [--folder DIR] [--scale N]
    """;

var what = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "all";
if (what is not ("all" or "cities" or "latency" or "chain" or "loop" or "replay" or "rows" or "sleepers"))
{
    Console.Error.WriteLine(Help);
    return 2;
}
var scale = double.Parse(Option("--scale") ?? "1", CultureInfo.InvariantCulture);
var folder = Option("--folder") ?? Directory.CreateTempSubdirectory("mappaflows-bench-").FullName;
Directory.CreateDirectory(folder);
var results = new List<object>();
try
{
    if (what is "all" or "cities")
        await CitiesAsync();
    if (what is "all" or "latency")
        await LatencyAsync();
    if (what is "all" or "chain")
        await ChainAsync();
    if (what is "all" or "loop")
        await LoopAsync();
    if (what is "all" or "replay")
        await ReplayAsync();
    if (what is "all" or "rows")
        await RowsAsync();
    if (what is "all" or "sleepers")
        await SleepersAsync();
}
finally
{
    if (Option("--folder") is null)
        Directory.Delete(folder, recursive: true);
}
Console.WriteLine(JsonSerializer.Serialize(
    new
    {
        machine = new { Environment.ProcessorCount, os = Environment.OSVersion.VersionString, dotnet = Environment.Version.ToString() },
        results,
    },
    new JsonSerializerOptions { WriteIndented = true }));
return 0;

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

int Scaled(int count) => Math.Max(1, (int)(count * scale));

async Task<ITableStore> OpenAsync(string name) =>
    await TableStores.OpenAsync(Option("--store") ?? TableStores.Sqlite, Path.Combine(folder, name));

async Task CloseAsync(ITableStore store)
{
    if (store is IAsyncDisposable disposable)
        await disposable.DisposeAsync();
}

// Tables outlive a run on a server: each run has its own.
string Prefix() => "B" + Guid.NewGuid().ToString("N")[..12];

async Task CitiesAsync()
{
    var store = await OpenAsync("cities");
    await using (var bench = await Bench.StartAsync(store, prefix: Prefix()))
    {
        // Long enough for the compiler to have done with the code: what is measured is an engine that has been running.
        await bench.RunAsync("HelloCities", 8000, 50, 5);
        var count = Scaled(10_000);
        var (rows, commits) = (bench.Store.Rows, bench.Store.Commits);
        var cpu = Cpu();
        var watch = Stopwatch.StartNew();
        var times = await bench.RunAsync("HelloCities", count, 50, 5);
        var seconds = watch.Elapsed.TotalSeconds;
        cpu = Cpu() - cpu;
        (rows, commits) = (bench.Store.Rows - rows, bench.Store.Commits - commits);
        var floor = await FloorAsync(store, rows, (int)Math.Ceiling((double)rows / commits));
        Add("HelloCities5 at 50", new
        {
            perSecond = count / seconds,
            p50 = Percentile(times, 0.5),
            p99 = Percentile(times, 0.99),
            rowsPerSecond = rows / seconds,
            rowsEach = (double)rows / count,
            commitsEach = (double)commits / count,
            cpuMillisecondsEach = cpu.TotalMilliseconds / count,
            floorRowsPerSecond = floor,
            ratio = rows / seconds / floor,
        });
    }
    await CloseAsync(store);
}

// The raw store, doing as many rows in commits of the same size, one after another as the engine's one writer must.
async Task<double> FloorAsync(ITableStore store, long rows, int perCommit)
{
    var table = Prefix() + "Floor";
    var value = new Dictionary<string, object> { ["Time"] = DateTimeOffset.UnixEpoch, ["Events"] = new byte[200] };
    var watch = Stopwatch.StartNew();
    for (long done = 0; done < rows; done += perCommit)
    {
        var changes = Enumerable.Range(0, perCommit).Select(i => (Change)new Insert($"{done + i:D12}", value)).ToList();
        await store.CommitAsync(table, "floor", changes);
    }
    return rows / watch.Elapsed.TotalSeconds;
}

async Task LatencyAsync()
{
    var store = await OpenAsync("latency");
    await using (var bench = await Bench.StartAsync(store, prefix: Prefix()))
    {
        await bench.RunAsync("HelloCities", 600, 1, 3);
        var times = await bench.RunAsync("HelloCities", Scaled(2000), 1, 3);
        var floor = await FloorAsync(store, Scaled(2000), 1);
        Add("Hello3 alone", new { p50 = Percentile(times, 0.5), p99 = Percentile(times, 0.99), floorCommitMs = 1000 / floor });
    }
    await CloseAsync(store);
}

async Task ChainAsync()
{
    var store = await OpenAsync("chain");
    await using (var bench = await Bench.StartAsync(store, prefix: Prefix()))
    {
        await bench.RunAsync("HelloCities", 1, 1, 4000);
        var count = Scaled(5000);
        var watch = Stopwatch.StartNew();
        await bench.RunAsync("HelloCities", 1, 1, count);
        var perSecond = count / watch.Elapsed.TotalSeconds;
        var floor = await FloorAsync(store, count, 1);
        Add("activities in turn", new { perSecond, floorCommitsPerSecond = floor, ratio = perSecond / floor });
    }
    await CloseAsync(store);
}

// An instance that continues as new after each event, with all events sent at once.
async Task LoopAsync()
{
    var store = await OpenAsync("loop");
    await using (var bench = await Bench.StartAsync(store, prefix: Prefix()))
    {
        var count = Scaled(10_000);
        await bench.Client.ScheduleNewOrchestrationInstanceAsync("Loop", count, new StartOrchestrationOptions("loop"));
        var commits = bench.Store.Commits;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => bench.Client.RaiseEventAsync("loop", "Next", i)));
        await bench.Client.WaitForInstanceCompletionAsync("loop", CancellationToken.None);
        Add("events to a loop that continues as new", new { perSecond = count / watch.Elapsed.TotalSeconds, commits = bench.Store.Commits - commits });
    }
    await CloseAsync(store);
}

async Task ReplayAsync()
{
    var store = await OpenAsync("replay");
    var prefix = Prefix();
    var ids = Enumerable.Range(0, 20).Select(i => $"replayed-{i}").ToList();
    await using (var bench = await Bench.StartAsync(store, prefix: prefix))
    {
        foreach (var id in ids)
            await bench.Client.ScheduleNewOrchestrationInstanceAsync("Replayed", 500, new StartOrchestrationOptions(id));
        await bench.Engine.WhenIdleAsync();
    }
    var times = new List<double>();
    await using (var bench = await Bench.StartAsync(store, prefix: prefix))
    {
        foreach (var id in ids)
        {
            var watch = Stopwatch.StartNew();
            await bench.Client.RaiseEventAsync(id, "Go", 1);
            await bench.Client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
    }
    var sorted = times.Skip(3).Order().ToArray();
    Add("1,000-event history read, replayed and ended", new { p50 = Percentile(sorted, 0.5), first = times[0] });
    await CloseAsync(store);
}

async Task RowsAsync()
{
    const int Rounds = 7;
    var store = await OpenAsync("rows");
    var prefix = Prefix();
    await using (var bench = await Bench.StartAsync(store, prefix: prefix))
    {
        // An instance of 100 activities has 202 history events in 101 rows.
        await bench.RunAsync("HelloCities", Scaled(4950), 50, 100);
    }
    GC.Collect();
    var watch = Stopwatch.StartNew();
    double restart;
    List<double> empty = [], full = [];
    await using (var bench = await Bench.StartAsync(store, prefix: prefix))
    {
        await bench.Engine.WhenIdleAsync();
        restart = watch.Elapsed.TotalSeconds;
        // In turn, so that whatever else the machine does meets both alike.
        for (var round = 0; round < Rounds; round++)
        {
            var other = await OpenAsync($"empty-{round}");
            await using (var beside = await Bench.StartAsync(other, prefix: Prefix()))
                empty.Add(await RateAsync(beside));
            await CloseAsync(other);
            full.Add(await RateAsync(bench));
        }
    }
    var (emptyRate, fullRate) = (Percentile([.. empty.Order()], 0.5), Percentile([.. full.Order()], 0.5));
    Add(string.Create(CultureInfo.InvariantCulture, $"{Scaled(4950) * 101:N0} history rows"), new
    {
        emptyPerSecond = emptyRate,
        fullPerSecond = fullRate,
        slower = 1 - (fullRate / emptyRate),
        restartSeconds = restart,
        peakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
    });
    await CloseAsync(store);

    async Task<double> RateAsync(Bench bench)
    {
        await bench.RunAsync("HelloCities", Scaled(500), 50, 5);
        var count = Scaled(2500);
        var watch = Stopwatch.StartNew();
        await bench.RunAsync("HelloCities", count, 50, 5);
        return count / watch.Elapsed.TotalSeconds;
    }
}

async Task SleepersAsync()
{
    var store = await OpenAsync("sleepers");
    var prefix = Prefix();
    var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
    var count = Scaled(100_000);
    await using (var bench = await Bench.StartAsync(store, time, prefix))
    {
        for (var from = 0; from < count; from += 1000)
        {
            await Task.WhenAll(
                Enumerable.Range(from, Math.Min(1000, count - from)).Select(i =>
                    bench.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", 10 + i)));
        }
    }
    GC.Collect();
    var watch = Stopwatch.StartNew();
    await using (var bench = await Bench.StartAsync(store, time, prefix))
    {
        await bench.Engine.WhenIdleAsync();
        var start = watch.Elapsed.TotalSeconds;
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(10));
        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalSeconds / 10;
        var wakes = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            time.SetUtcNow(bench.Engine.NextTimerAt!.Value);
            watch.Restart();
            bench.Engine.ClockMoved();
            await bench.Engine.WhenIdleAsync();
            wakes.Add(watch.Elapsed.TotalMilliseconds);
        }
        Add(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} sleepers"),
            new
            {
                startSeconds = start,
                cpuPercent = cpu * 100,
                wakeP50 = Percentile([.. wakes.Order()], 0.5),
                megabytes = process.WorkingSet64 / 1e6
            });
    }
    await CloseAsync(store);
}

void Add(string name, object figures)
{
    results.Add(new { name, figures });
    Console.Error.WriteLine(name);
    foreach (var figure in figures.GetType().GetProperties())
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {figure.Name,-24}{figure.GetValue(figures),14:N3}"));
}

// What the work itself costs, whatever else the machine was doing.
static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
