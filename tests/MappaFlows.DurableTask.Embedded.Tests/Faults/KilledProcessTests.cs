using MappaFlows.Tables;
using MappaFlows.Testing.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>A real process, really killed, several times over, at commits drawn by chance. The seed is printed.</summary>
[Trait("Category", "Fault")]
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int KillsAtMost = 4;

    public static TheoryData<string> Names => [.. Scenario.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_killed_host_is_followed_at_once_and_nothing_is_lost(string name)
    {
        foreach (var seed in FaultSeeds.Take())
        {
            output.WriteLine($"seed {seed}");
            await KillAgainAndAgainAsync(Scenario.Named(name), new Random(seed));
        }
    }

    private static async Task KillAgainAndAgainAsync(Scenario scenario, Random random)
    {
        var folder = Directory.CreateTempSubdirectory("mappaflows-");
        try
        {
            var file = Path.Combine(folder.FullName, "engine.db");
            var now = EmbeddedHost.Epoch;
            for (var kill = 0; kill < KillsAtMost; kill++)
            {
                var moment = random.Next(2) == 0 ? Moment.Before : Moment.After;
                if (await DoomedProcess.StartAsync(scenario.Name, file, random.Next(2, 9), moment, now))
                    break;
                // The clock of the next host may be anywhere after the last's; a little or much.
                now = now.AddHours(random.Next(0, 100));
            }
            await using var store = new SqliteTableStore(file);
            await using var host = await EmbeddedHost.StartAsync(store, scenario.Register, time: new FakeTimeProvider(now));
            Assert.True(host.Engine.IsActive, "The lease of a killed process was not taken over at once.");
            await scenario.Drive(host);
            await scenario.VerifyAsync(host, store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
