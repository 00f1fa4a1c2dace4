using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    public static TheoryData<double> Delays => [0.001, 1, 3600, 86_400, 3 * 86_400 + 1, 7 * 86_400, 365.25 * 86_400, 40 * 365.25 * 86_400];

    [Theory]
    [MemberData(nameof(Delays))]
    public async Task A_timer_fires_at_its_time_and_not_before_however_far_off(double seconds)
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<double, bool>("Main", async (c, delay) =>
        {
            var due = c.CurrentUtcDateTime.AddSeconds(delay);
            await c.CreateTimer(due, CancellationToken.None);
            return c.CurrentUtcDateTime >= due;
        }));
        if (seconds > 1)
            Needs(engine, EngineCapabilities.VirtualTime);

        var id = await StartAsync(engine, "Main", seconds);
        if (engine.Capabilities.HasFlag(EngineCapabilities.VirtualTime))
        {
            await engine.AdvanceAsync(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.False((await StateAsync(engine, id)).IsCompleted);
            await engine.AdvanceAsync(TimeSpan.FromTicks(1));
        }

        Assert.True(await ResultAsync<bool>(engine, id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_timer_that_is_due_already_fires_at_once(int seconds)
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, s) =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddSeconds(s), CancellationToken.None);
            await c.CreateTimer(TimeSpan.FromSeconds(s), CancellationToken.None);
            return s;
        }));

        Assert.Equal(seconds, await RunAsync<int>(engine, "Main", seconds));
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_not_of_their_making()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, unit) =>
        {
            var order = "";
            async Task Wait(int units)
            {
                await c.CreateTimer(units * unit, CancellationToken.None);
                order += units;
            }
            await Task.WhenAll(Wait(3), Wait(1), Wait(5), Wait(2), Wait(4));
            return order;
        }));

        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(5 * Unit(engine));

        Assert.Equal("12345", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task The_event_wins_against_the_timer()
    {
        await using var engine = await StartAsync(Race);
        var id = await StartAsync(engine, "Race", 1000 * Unit(engine));
        await engine.WhenIdleAsync();

        await engine.Client.RaiseEventAsync(id, "Decided", "yes");

        Assert.Equal("yes", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task The_timer_wins_against_the_event()
    {
        await using var engine = await StartAsync(Race);
        var id = await StartAsync(engine, "Race", Unit(engine));

        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal("lapsed", await ResultAsync<string>(engine, id));
        await engine.Client.RaiseEventAsync(id, "Decided", "too late");
    }

    private static void Race(DurableTaskRegistry registry) => registry.AddOrchestratorFunc<TimeSpan, string>("Race", async (c, limit) =>
    {
        using var stop = new CancellationTokenSource();
        var timer = c.CreateTimer(limit, stop.Token);
        var decision = c.WaitForExternalEvent<string>("Decided", stop.Token);
        var first = await Task.WhenAny(timer, decision);
        stop.Cancel();
        return first == decision ? await decision : "lapsed";
    });

    [Fact]
    public async Task A_cancelled_timer_does_not_hold_the_instance()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(TimeSpan.FromDays(1000), stop.Token);
            stop.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }));

        Assert.Equal("cancelled", await RunAsync<string>(engine, "Main", 0));
    }

    [Fact]
    public async Task A_timer_that_is_not_cancelled_holds_the_instance_open()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, int>("Main", (c, delay) =>
        {
            _ = c.CreateTimer(delay, CancellationToken.None);
            return Task.FromResult(7);
        }));
        var id = await StartAsync(engine, "Main", 5 * Unit(engine));

        var state = await StateAsync(engine, id);
        // Where time is real, a busy machine may look so late that the timer has fired.
        Assert.True(!state.IsCompleted || state.LastUpdatedAt >= state.CreatedAt + (5 * Unit(engine)));
        await engine.AdvanceAsync(5 * Unit(engine));

        Assert.Equal(7, await ResultAsync<int>(engine, id));
    }

    [Fact]
    public async Task A_sleeping_instance_wakes_after_a_crash()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            await c.CreateTimer(delay, CancellationToken.None);
            return "awake";
        }));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", 3 * Unit(engine));
        await engine.AdvanceAsync(Unit(engine));

        await engine.RestartAsync();
        await engine.AdvanceAsync(2 * Unit(engine));

        Assert.Equal("awake", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_timer_that_came_due_while_no_host_ran_fires_at_the_next_start()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, DateTime>("Main", async (c, _) =>
        {
            await c.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            return c.CurrentUtcDateTime;
        }));
        Needs(engine, EngineCapabilities.Restart | EngineCapabilities.VirtualTime);
        var id = await StartAsync(engine, "Main", 0);
        await engine.WhenIdleAsync();

        await engine.RestartAsync();
        await engine.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.True(await ResultAsync<DateTime>(engine, id) <= engine.Now.UtcDateTime);
    }

    [Fact]
    public async Task Weekly_timers_go_through_ten_years()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Weekly", async (c, week) =>
        {
            await c.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
            if (week < 520)
                c.ContinueAsNew(week + 1);
            return week;
        }));
        Needs(engine, EngineCapabilities.VirtualTime);

        var id = await StartAsync(engine, "Weekly", 1);
        await engine.AdvanceAsync(TimeSpan.FromDays(3640));

        Assert.Equal(520, await ResultAsync<int>(engine, id));
    }
}
