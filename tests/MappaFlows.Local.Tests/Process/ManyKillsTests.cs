using System.Collections.Concurrent;
using System.Globalization;
using MappaFlows.Testing.Product;

namespace MappaFlows.Local.Tests.Process;

/// <summary>
/// Kills of the real process at random moments while people work. <c>MAPPAFLOWS_KILLS</c> says how many; a failure prints its seed, and
/// <c>MAPPAFLOWS_FAULT_SEED</c> repeats it.
/// </summary>
[Trait("Category", "Fault")]
public sealed class ManyKillsTests : IDisposable
{
    private const int Usual = 20;

    private readonly DataFolder _data = new();

    [Fact]
    public async Task Whatever_was_answered_before_a_kill_is_there_after_it_once()
    {
        var kills = Setting("MAPPAFLOWS_KILLS") ?? Usual;
        var seed = Setting("MAPPAFLOWS_FAULT_SEED") ?? Random.Shared.Next();
        var random = new Random(seed);
        var answered = new ConcurrentDictionary<string, byte>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var product = await ProductProcess.StartAsync(_data.Path);
            var workers = Enumerable.Range(0, 3).Select(_ => ReferUntilKilledAsync(product, answered)).ToList();
            await Task.Delay(random.Next(50, 1_500));
            await product.KillAsync();
            await Task.WhenAll(workers);
        }

        await using var last = await ProductProcess.StartAsync(_data.Path);
        foreach (var reference in answered.Keys)
        {
            var found = await last.CaseAsync(reference);
            Assert.True(found.GetProperty("stage").GetString() == "Screening", $"{reference}, seed {seed}");
        }

        Assert.True(answered.Count >= kills, $"Only {answered.Count} were answered before {kills} kills, seed {seed}");
    }

    public void Dispose() => _data.Dispose();

    private static async Task ReferUntilKilledAsync(ProductProcess product, ConcurrentDictionary<string, byte> answered)
    {
        try
        {
            while (true) Assert.True(answered.TryAdd(await product.ReferAsync(), 0));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            // Killed.
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : null;
}
