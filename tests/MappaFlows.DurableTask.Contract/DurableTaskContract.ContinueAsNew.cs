using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task ContinueAsNew_runs_again_with_the_next_input()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Next", (_, n) => Task.FromResult(n + 1))
            .AddOrchestratorFunc<int, int>("Main", async (c, n) =>
            {
                var next = await c.CallActivityAsync<int>("Next", n);
                if (next < 30)
                    c.ContinueAsNew(next);
                return next;
            }));

        Assert.Equal(30, await RunAsync<int>(engine, "Main", 0));
    }

    [Fact]
    public Task ContinueAsNew_carries_unread_events_over_in_order() => UnreadEventsAsync(preserve: true, "1,2,3,4");

    [Fact]
    public Task ContinueAsNew_drops_unread_events_when_told_to() => UnreadEventsAsync(preserve: false, "1,4");

    private async Task UnreadEventsAsync(bool preserve, string expected)
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<string, string>("Main", async (c, soFar) =>
        {
            // The first run reads one of three events and goes on; the second reads what there is.
            if (soFar.Length == 0)
            {
                await c.WaitForExternalEvent<int>("Go");
                var first = await c.WaitForExternalEvent<string>("Signal");
                c.ContinueAsNew(first, preserve);
                return "";
            }
            string next;
            do
            {
                next = await c.WaitForExternalEvent<string>("Signal");
                soFar += "," + next;
            }
            while (next != "4");
            return soFar;
        }));
        var id = await StartAsync(engine, "Main", "");
        foreach (var signal in new[] { "1", "2", "3" })
            await engine.Client.RaiseEventAsync(id, "Signal", signal);
        await engine.Client.RaiseEventAsync(id, "Go", 0);
        await engine.WhenIdleAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", "4");

        Assert.Equal(expected, await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task ContinueAsNew_loses_no_event_raised_meanwhile()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Count", async (c, seen) =>
        {
            await c.WaitForExternalEvent<int>("Signal");
            if (seen + 1 < 60)
                c.ContinueAsNew(seen + 1);
            return seen + 1;
        }));
        var id = await StartAsync(engine, "Count", 0);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => engine.Client.RaiseEventAsync(id, "Signal", i)));

        Assert.Equal(60, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task ContinueAsNew_drops_the_timers_of_the_run_that_ends()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, run) =>
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
        Needs(engine, EngineCapabilities.VirtualTime);
        var id = await StartAsync(engine, "Main", 0);

        await engine.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.False((await StateAsync(engine, id)).IsCompleted);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("second", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task ContinueAsNew_goes_on_after_a_crash_in_any_of_its_runs()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<string, string>("Main", async (c, soFar) =>
        {
            soFar += await c.WaitForExternalEvent<string>("Signal");
            if (soFar.Length < 4)
                c.ContinueAsNew(soFar);
            return soFar;
        }));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", "");
        foreach (var signal in new[] { "a", "b", "c", "d" })
        {
            await engine.RestartAsync();
            await engine.Client.RaiseEventAsync(id, "Signal", signal);
        }

        Assert.Equal("abcd", await ResultAsync<string>(engine, id));
    }
}
