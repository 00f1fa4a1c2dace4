using MappaFlows.Durable;

namespace MappaFlows.Testing.Durable;

public abstract partial class OrchestrationContract
{
    [Fact]
    public async Task ContinueAsNew_runs_again_with_the_next_input()
    {
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("Next", (_, n) => Task.FromResult(n + 1))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                var next = await c.CallActivityAsync<int>("Next", n);
                if (next < 30)
                    c.ContinueAsNew(next);
                return next;
            }));

        Assert.Equal(30, await RunAsync<int>(host, "Main", 0));
    }

    [Theory]
    [InlineData(true, "1,2,3,4")]
    [InlineData(false, "1,4")]
    public async Task ContinueAsNew_carries_unread_events_over_in_order_or_drops_them_as_told(bool preserve, string expected)
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<string, string>("Main", async (c, soFar) =>
        {
            // The first run reads one of three events and goes on; the second reads what there is.
            if (soFar.Length == 0)
            {
                await c.WaitForExternalEvent<int>("Go");
                var first = await c.WaitForExternalEvent<string>("Bell");
                c.ContinueAsNew(first, preserve);
                return "";
            }
            string next;
            do
            {
                next = await c.WaitForExternalEvent<string>("Bell");
                soFar += "," + next;
            }
            while (next != "4");
            return soFar;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", "");
        foreach (var bell in new[] { "1", "2", "3" })
            await host.Client.RaiseEventAsync(id, "Bell", bell);
        await host.Client.RaiseEventAsync(id, "Go", 0);
        await host.WhenIdleAsync();
        await host.Client.RaiseEventAsync(id, "Bell", "4");

        Assert.Equal(expected, await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task ContinueAsNew_loses_no_event_however_the_bells_and_the_runs_fall()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Count", async (c, seen) =>
        {
            await c.WaitForExternalEvent<int>("Bell");
            if (seen + 1 < 60)
                c.ContinueAsNew(seen + 1);
            return seen + 1;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Count", 0);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => host.Client.RaiseEventAsync(id, "Bell", i)));

        Assert.Equal(60, await ResultAsync<int>(host, id));
    }

    [Fact]
    public async Task ContinueAsNew_drops_the_timers_of_the_run_that_ends()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, run) =>
        {
            if (run == 0)
            {
                _ = c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                c.ContinueAsNew(1);
                return "";
            }
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(TimeSpan.FromDays(10), stop.Token);
            await timer;
            return "second";
        }));
        Needs(host, HostAbilities.VirtualTime);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);

        await host.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.False((await StateAsync(host, id)).IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("second", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task ContinueAsNew_goes_on_after_a_crash_in_any_of_its_runs()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<string, string>("Main", async (c, soFar) =>
        {
            soFar += await c.WaitForExternalEvent<string>("Bell");
            if (soFar.Length < 4)
                c.ContinueAsNew(soFar);
            return soFar;
        }));
        Needs(host, HostAbilities.Restart);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", "");
        foreach (var bell in new[] { "a", "b", "c", "d" })
        {
            await host.CrashAndRestartAsync();
            await host.Client.RaiseEventAsync(id, "Bell", bell);
        }

        Assert.Equal("abcd", await ResultAsync<string>(host, id));
    }
}
