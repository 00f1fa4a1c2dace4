using MappaFlows.Durable;

namespace MappaFlows.Testing.Durable;

public abstract partial class OrchestrationContract
{
    private static void Collect(DurableTaskRegistry registry) => registry.AddOrchestratorFunc<int, string>("Collect", async (c, count) =>
    {
        var got = new List<string>();
        for (var i = 0; i < count; i++)
            got.Add(await c.WaitForExternalEvent<string>("Bell"));
        return string.Join(",", got);
    });

    [Fact]
    public async Task An_event_before_the_wait_is_kept()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            await c.CreateTimer(delay, CancellationToken.None);
            return await c.WaitForExternalEvent<string>("Bell");
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.Client.RaiseEventAsync(id, "Bell", "early");
        await host.AdvanceAsync(Unit(host));

        Assert.Equal("early", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task Events_of_a_name_come_in_the_order_of_their_raising()
    {
        await using var host = await StartAsync(Collect);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 5);
        for (var i = 1; i <= 5; i++)
            await host.Client.RaiseEventAsync(id, "Bell", i.ToString());

        Assert.Equal("1,2,3,4,5", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_event_raised_twice_comes_twice()
    {
        await using var host = await StartAsync(Collect);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 2);
        await host.Client.RaiseEventAsync(id, "Bell", "x");
        await host.WhenIdleAsync();
        Assert.False((await StateAsync(host, id)).IsCompleted);
        await host.Client.RaiseEventAsync(id, "Bell", "x");

        Assert.Equal("x,x", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task Events_are_waited_for_in_any_order_of_names()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            await c.WaitForExternalEvent<string>("A") + await c.WaitForExternalEvent<string>("B") + await c.WaitForExternalEvent<string>("C")));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);
        foreach (var name in new[] { "C", "B", "A" })
            await host.Client.RaiseEventAsync(id, name, name.ToLowerInvariant());

        Assert.Equal("abc", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_event_of_another_name_wakes_nobody()
    {
        await using var host = await StartAsync(Collect);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 1);
        await host.Client.RaiseEventAsync(id, "Ball", "wrong");
        Assert.False((await StateAsync(host, id)).IsCompleted);
        await host.Client.RaiseEventAsync(id, "Bell", "right");

        Assert.Equal("right", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task Event_names_ignore_letter_case()
    {
        await using var host = await StartAsync(Collect);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 2);
        await host.Client.RaiseEventAsync(id, "BELL", "1");
        await host.Client.RaiseEventAsync(id, "bell", "2");

        Assert.Equal("1,2", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task Of_several_waiters_on_a_name_the_last_gets_the_first_event()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            var first = c.WaitForExternalEvent<string>("Bell");
            var last = c.WaitForExternalEvent<string>("Bell");
            return $"{await last}{await first}";
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);
        await host.WhenIdleAsync();
        await host.Client.RaiseEventAsync(id, "Bell", "1");
        await host.Client.RaiseEventAsync(id, "Bell", "2");

        Assert.Equal("12", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_second_wait_on_a_name_with_another_type_is_refused()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
        {
            var first = c.WaitForExternalEvent<string>("Bell");
            try
            {
                await c.WaitForExternalEvent<int>("Bell");
                return false;
            }
            catch (ArgumentException)
            {
                return await first == "x";
            }
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);
        await host.Client.RaiseEventAsync(id, "Bell", "x");

        Assert.True(await ResultAsync<bool>(host, id));
    }

    [Fact]
    public async Task A_cancelled_wait_eats_no_event()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            using var stop = new CancellationTokenSource();
            var abandoned = c.WaitForExternalEvent<string>("Bell", stop.Token);
            await c.CreateTimer(delay, CancellationToken.None);
            stop.Cancel();
            var cancelled = abandoned.IsCanceled;
            return cancelled + await c.WaitForExternalEvent<string>("Bell");
        }));
        Needs(host, HostAbilities.CancelledWaitTakesNothing);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.AdvanceAsync(Unit(host));
        await host.Client.RaiseEventAsync(id, "Bell", "!");

        Assert.Equal("True!", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_wait_with_a_time_limit_is_cancelled_when_it_has_passed_and_eats_no_event()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, limit) =>
        {
            try
            {
                return await c.WaitForExternalEvent<string>("Bell", limit);
            }
            catch (TaskCanceledException)
            {
                return "then " + await c.WaitForExternalEvent<string>("Bell");
            }
        }));
        Needs(host, HostAbilities.CancelledWaitTakesNothing);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.AdvanceAsync(Unit(host));
        await host.Client.RaiseEventAsync(id, "Bell", "came");

        Assert.Equal("then came", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_wait_with_a_time_limit_answers_the_event_that_comes_in_time()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", (c, limit) =>
            c.WaitForExternalEvent<string>("Bell", limit)));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 1000 * Unit(host));
        await host.WhenIdleAsync();
        await host.Client.RaiseEventAsync(id, "Bell", "in time");

        Assert.Equal("in time", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task One_standing_wait_raced_against_timers_misses_no_bell()
    {
        // The pattern that our orchestrations use, for it is right on every engine.
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, tick) =>
        {
            var log = "";
            var bell = c.WaitForExternalEvent<string>("Bell");
            while (log.Count(char.IsAsciiDigit) < 3)
            {
                using var stop = new CancellationTokenSource();
                var timer = c.CreateTimer(tick, stop.Token);
                if (await Task.WhenAny(bell, timer) == bell)
                {
                    stop.Cancel();
                    log += await bell;
                    bell = c.WaitForExternalEvent<string>("Bell");
                }
                else
                    log += "t";
            }
            return log;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.AdvanceAsync(Unit(host) * 1.5);
        await host.Client.RaiseEventAsync(id, "Bell", "1");
        await host.WhenIdleAsync();
        await host.Client.RaiseEventAsync(id, "Bell", "2");
        await host.AdvanceAsync(Unit(host));
        await host.Client.RaiseEventAsync(id, "Bell", "3");
        await host.AdvanceAsync(3 * Unit(host));

        var log = await ResultAsync<string>(host, id);
        Assert.Equal("123", log.Replace("t", ""));
    }

    [Fact]
    public async Task An_event_may_carry_nothing()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, bool>("Main", async (c, _) =>
            await c.WaitForExternalEvent<string?>("Bell") is null));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);
        await host.Client.RaiseEventAsync(id, "Bell");

        Assert.True(await ResultAsync<bool>(host, id));
    }

    [Fact]
    public async Task Raising_an_event_nowhere_or_too_late_harms_nobody()
    {
        await using var host = await StartAsync(Collect);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 0);
        await EndAsync(host, id);

        var late = await host.Client.RaiseEventAsync(id, "Bell", "late");
        var nowhere = await host.Client.RaiseEventAsync("nobody", "Bell", "lost");

        if (host.Abilities.HasFlag(HostAbilities.EventsAreReceipted))
            Assert.False(late || nowhere);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await StateAsync(host, id)).RuntimeStatus);
        Assert.Null(await host.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task One_orchestration_rings_another()
    {
        await using var host = await StartAsync(r =>
        {
            Collect(r);
            r.AddOrchestratorFunc<string, int>("Ring", (c, target) =>
            {
                c.SendEvent(target, "Bell", "from " + c.InstanceId);
                c.SendEvent("nobody", "Bell", "lost");
                return Task.FromResult(0);
            });
        });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 1);
        await host.WhenIdleAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Ring", id, new StartOrchestrationOptions("ringer"));

        Assert.Equal("from ringer", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_early_event_survives_a_crash()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
        {
            await c.CreateTimer(delay, CancellationToken.None);
            return await c.WaitForExternalEvent<string>("Bell") + await c.WaitForExternalEvent<string>("Bell");
        }));
        Needs(host, HostAbilities.Restart);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.Client.RaiseEventAsync(id, "Bell", "1");
        await host.CrashAndRestartAsync();
        await host.Client.RaiseEventAsync(id, "Bell", "2");
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(Unit(host));

        Assert.Equal("12", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_hundred_events_at_once_all_come()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Sum", async (c, count) =>
        {
            var sum = 0;
            for (var i = 0; i < count; i++)
                sum += await c.WaitForExternalEvent<int>("Add");
            return sum;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Sum", 100);

        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => host.Client.RaiseEventAsync(id, "Add", i)));

        Assert.Equal(5050, await ResultAsync<int>(host, id));
    }
}
