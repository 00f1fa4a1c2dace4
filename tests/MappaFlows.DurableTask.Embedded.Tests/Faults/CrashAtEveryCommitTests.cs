using MappaFlows.Tables;
using MappaFlows.Testing.Tables;
using Microsoft.Extensions.Time.Testing;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>
/// The host dies before and after each of its commits in turn (of the many of a long work, in one round, ever fewer); the next one finishes
/// the work. That covers every point between:
/// an activity done and not recorded, an event before the start, a ContinueAsNew half way, the redo log, the completion.
/// </summary>
[Trait("Category", "Fault")]
public sealed class CrashAtEveryCommitTests
{
    private const int CommitsAtMost = 400;

    public static TheoryData<string, Moment> Scenarios()
    {
        var data = new TheoryData<string, Moment>();
        foreach (var scenario in Scenario.All)
        {
            data.Add(scenario.Name, Moment.Before);
            data.Add(scenario.Name, Moment.After);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Whatever_commit_the_host_dies_at_the_next_one_finishes_the_work(string name, Moment moment)
    {
        var scenario = Scenario.Named(name);
        var commit = 1;
        while (await DieAtAsync(scenario, commit, moment))
            commit += FaultSeeds.Rounds > 1 ? 1 : 1 + (commit / 20);
        Assert.InRange(commit, 5, CommitsAtMost);
    }

    /// <returns>Whether the work was long enough to die at that commit.</returns>
    private static async Task<bool> DieAtAsync(Scenario scenario, int commit, Moment moment)
    {
        var folder = Directory.CreateTempSubdirectory("mappaflows-");
        try
        {
            await using var store = new SqliteTableStore(Path.Combine(folder.FullName, "engine.db"));
            var dying = new DyingStore(store, commit, moment, () => { });
            var time = new FakeTimeProvider(EmbeddedHost.Epoch);
            var died = await DriveUntilDeathAsync(scenario, dying, time);
            if (died)
            {
                await using var next = await EmbeddedHost.StartAsync(store, scenario.Register, time: time);
                await scenario.Drive(next);
                await scenario.VerifyAsync(next, store);
            }
            return died;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> DriveUntilDeathAsync(Scenario scenario, DyingStore dying, FakeTimeProvider time)
    {
        EmbeddedHost? host = null;
        try
        {
            host = await EmbeddedHost.StartAsync(dying, scenario.Register, time: time);
            await scenario.Drive(host);
            // Also the commits of an orderly end are points to die at.
            await host.Engine.StopAsync(CancellationToken.None);
        }
        catch (Exception) when (dying.Died.IsCompleted)
        {
            // What a dead host's callers see is nobody's concern.
        }
        finally
        {
            if (host is not null)
                await host.Engine.CrashAsync();
        }
        return dying.Died.IsCompleted;
    }
}
