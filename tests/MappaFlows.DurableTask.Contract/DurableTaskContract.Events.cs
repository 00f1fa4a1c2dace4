using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    private static void Collect(DurableTaskRegistry registry) => registry.AddOrchestratorFunc<int, string>("Collect", async (c, count) =>
    {
        var got = new List<string>();
        for (var i = 0; i < count; i++)
            got.Add(await c.WaitForExternalEvent<string>("Signal"));
        return string.Join(",", got);
    });

    [Fact]
    public async Task An_event_before_the_wait_is_kept()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            await c.CreateTimer(delay, CancellationToken.None);
            return await c.WaitForExternalEvent<string>("Signal");
        }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.Client.RaiseEventAsync(id, "Signal", "early");
        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal("early", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Events_of_a_name_come_in_the_order_of_their_raising()
    {
        await using var engine = await StartAsync(Collect);
        var id = await StartAsync(engine, "Collect", 5);
        for (var i = 1; i <= 5; i++)
            await engine.Client.RaiseEventAsync(id, "Signal", i.ToString());

        Assert.Equal("1,2,3,4,5", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task An_event_raised_twice_comes_twice()
    {
        await using var engine = await StartAsync(Collect);
        var id = await StartAsync(engine, "Collect", 2);
        await engine.Client.RaiseEventAsync(id, "Signal", "x");
        await engine.WhenIdleAsync();
        Assert.False((await StateAsync(engine, id)).IsCompleted);
        await engine.Client.RaiseEventAsync(id, "Signal", "x");

        Assert.Equal("x,x", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Events_are_waited_for_in_any_order_of_names()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            await c.WaitForExternalEvent<string>("A")
                + await c.WaitForExternalEvent<string>("B")
                + await c.WaitForExternalEvent<string>("C")));
        var id = await StartAsync(engine, "Main", 0);
        foreach (var name in new[] { "C", "B", "A" })
            await engine.Client.RaiseEventAsync(id, name, name.ToLowerInvariant());

        Assert.Equal("abc", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task An_event_of_another_name_completes_no_wait()
    {
        await using var engine = await StartAsync(Collect);
        var id = await StartAsync(engine, "Collect", 1);
        await engine.Client.RaiseEventAsync(id, "Ball", "wrong");
        Assert.False((await StateAsync(engine, id)).IsCompleted);
        await engine.Client.RaiseEventAsync(id, "Signal", "right");

        Assert.Equal("right", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Event_names_ignore_letter_case()
    {
        await using var engine = await StartAsync(Collect);
        var id = await StartAsync(engine, "Collect", 2);
        await engine.Client.RaiseEventAsync(id, "SIGNAL", "1");
        await engine.Client.RaiseEventAsync(id, "signal", "2");

        Assert.Equal("1,2", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task Of_several_waiters_on_a_name_the_last_gets_the_first_event()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            var first = c.WaitForExternalEvent<string>("Signal");
            var last = c.WaitForExternalEvent<string>("Signal");
            return $"{await last}{await first}";
        }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.WhenIdleAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", "1");
        await engine.Client.RaiseEventAsync(id, "Signal", "2");

        Assert.Equal("12", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_second_wait_on_a_name_with_another_type_is_refused()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
        {
            var first = c.WaitForExternalEvent<string>("Signal");
            try
            {
                await c.WaitForExternalEvent<int>("Signal");
                return false;
            }
            catch (ArgumentException)
            {
                return await first == "x";
            }
        }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.Client.RaiseEventAsync(id, "Signal", "x");

        Assert.True(await ResultAsync<bool>(engine, id));
    }

    [Fact]
    public async Task A_cancelled_wait_takes_no_event()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            using var stop = new CancellationTokenSource();
            var abandoned = c.WaitForExternalEvent<string>("Signal", stop.Token);
            await c.CreateTimer(delay, CancellationToken.None);
            stop.Cancel();
            var cancelled = abandoned.IsCanceled;
            return cancelled + await c.WaitForExternalEvent<string>("Signal");
        }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(Unit(engine));
        await engine.Client.RaiseEventAsync(id, "Signal", "!");

        Assert.Equal("True!", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_timed_out_wait_is_cancelled_and_takes_no_event()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, limit) =>
        {
            try
            {
                return await c.WaitForExternalEvent<string>("Signal", limit);
            }
            catch (TaskCanceledException)
            {
                return "then " + await c.WaitForExternalEvent<string>("Signal");
            }
        }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(Unit(engine));
        await engine.Client.RaiseEventAsync(id, "Signal", "came");

        Assert.Equal("then came", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_wait_with_a_time_limit_answers_the_event_that_comes_in_time()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", (c, limit) =>
            c.WaitForExternalEvent<string>("Signal", limit)));
        var id = await StartAsync(engine, "Main", 1000 * Unit(engine));
        await engine.WhenIdleAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", "in time");

        Assert.Equal("in time", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task One_standing_wait_raced_against_timers_misses_no_event()
    {
        // The pattern that our orchestrations use, for it is right on every engine.
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, tick) =>
        {
            var log = "";
            var signal = c.WaitForExternalEvent<string>("Signal");
            while (log.Count(char.IsAsciiDigit) < 3)
            {
                using var stop = new CancellationTokenSource();
                var timer = c.CreateTimer(tick, stop.Token);
                if (await Task.WhenAny(signal, timer) == signal)
                {
                    stop.Cancel();
                    log += await signal;
                    signal = c.WaitForExternalEvent<string>("Signal");
                }
                else
                {
                    log += "t";
                }
            }
            return log;
        }));
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.AdvanceAsync(Unit(engine) * 1.5);
        await engine.Client.RaiseEventAsync(id, "Signal", "1");
        await engine.WhenIdleAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", "2");
        await engine.AdvanceAsync(Unit(engine));
        await engine.Client.RaiseEventAsync(id, "Signal", "3");
        await engine.AdvanceAsync(3 * Unit(engine));

        var log = await ResultAsync<string>(engine, id);
        Assert.Equal("123", log.Replace("t", ""));
    }

    [Fact]
    public async Task An_event_may_carry_nothing()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
            await c.WaitForExternalEvent<string?>("Signal") is null));
        var id = await StartAsync(engine, "Main", 0);
        await engine.Client.RaiseEventAsync(id, "Signal");

        Assert.True(await ResultAsync<bool>(engine, id));
    }

    [Fact]
    public async Task Raising_an_event_to_a_missing_or_ended_instance_is_ignored()
    {
        await using var engine = await StartAsync(Collect);
        var id = await StartAsync(engine, "Collect", 0);
        await EndAsync(engine, id);

        await engine.Client.RaiseEventAsync(id, "Signal", "late");
        await engine.Client.RaiseEventAsync("nobody", "Signal", "lost");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await StateAsync(engine, id)).RuntimeStatus);
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task SendEvent_raises_an_event_in_another_instance()
    {
        await using var engine = await StartAsync(r =>
        {
            Collect(r);
            r.AddOrchestratorFunc<string, int>("Ring", (c, target) =>
            {
                c.SendEvent(target, "Signal", "from " + c.InstanceId);
                c.SendEvent("nobody", "Signal", "lost");
                return Task.FromResult(0);
            });
        });
        var id = await StartAsync(engine, "Collect", 1);
        await engine.WhenIdleAsync();
        await StartAsync(engine, "Ring", id, "ringer");

        Assert.Equal("from ringer", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task An_early_event_survives_a_crash()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            await c.CreateTimer(delay, CancellationToken.None);
            return await c.WaitForExternalEvent<string>("Signal") + await c.WaitForExternalEvent<string>("Signal");
        }));
        Needs(engine, EngineCapabilities.Restart);
        var id = await StartAsync(engine, "Main", Unit(engine));
        await engine.Client.RaiseEventAsync(id, "Signal", "1");
        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync(id, "Signal", "2");
        await engine.RestartAsync();
        await engine.AdvanceAsync(Unit(engine));

        Assert.Equal("12", await ResultAsync<string>(engine, id));
    }

    [Fact]
    public async Task A_hundred_events_at_once_all_come()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Sum", async (c, count) =>
        {
            var sum = 0;
            for (var i = 0; i < count; i++)
                sum += await c.WaitForExternalEvent<int>("Add");
            return sum;
        }));
        var id = await StartAsync(engine, "Sum", 100);

        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => engine.Client.RaiseEventAsync(id, "Add", i)));

        Assert.Equal(5050, await ResultAsync<int>(engine, id));
    }
}
