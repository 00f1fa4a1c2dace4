using MappaFlows.Durable;

namespace MappaFlows.Testing.Durable;

public abstract partial class OrchestrationContract
{
    private static void Wait(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<string, string>("Wait", (c, _) => c.WaitForExternalEvent<string>("Bell"))
        .AddOrchestratorFunc<string, string>("Echo", (_, x) => Task.FromResult(x));

    [Fact]
    public async Task Without_an_id_an_instance_gets_a_new_one()
    {
        await using var host = await StartAsync(Wait);
        var a = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "a");
        var b = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "b", new StartOrchestrationOptions(""));

        Assert.NotEmpty(a);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public async Task An_id_in_use_is_refused_and_the_instance_goes_on()
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "1", new StartOrchestrationOptions("taken"));

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "2", new StartOrchestrationOptions("taken")));
        Assert.Equal("taken", refused.InstanceId);
        await host.Client.RaiseEventAsync("taken", "Bell", "first");

        Assert.Equal("first", await ResultAsync<string>(host, "taken"));
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_wins()
    {
        await using var host = await StartAsync(Wait);
        var starts = Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", $"{i}", new StartOrchestrationOptions("one"));
                return 1;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return 0;
            }
        });

        Assert.Equal(1, (await Task.WhenAll(starts)).Sum());
    }

    [Fact]
    public async Task An_id_may_be_used_again_after_its_instance_has_ended()
    {
        await using var host = await StartAsync(Wait);
        foreach (var input in new[] { "1", "2", "3" })
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", input, new StartOrchestrationOptions("again"));
            Assert.Equal(input, await ResultAsync<string>(host, "again"));
        }
    }

    [Fact]
    public async Task Orchestrator_names_do_not_differ_by_letter_case()
    {
        await using var host = await StartAsync(Wait);

        Assert.Equal("upper", await RunAsync<string>(host, "ECHO", "upper"));
        Assert.Equal("lower", await RunAsync<string>(host, "echo", "lower"));
    }

    [Fact]
    public async Task Ids_differ_by_letter_case()
    {
        await using var host = await StartAsync(Wait);
        Needs(host, HostAbilities.IdsKeepCase);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "upper", new StartOrchestrationOptions("ID"));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "lower", new StartOrchestrationOptions("id"));

        Assert.Equal("upper", await ResultAsync<string>(host, "ID"));
        Assert.Equal("lower", await ResultAsync<string>(host, "id"));
    }

    public static TheoryData<string> OddIds =>
        ["a/b#c?d", "with space", "Ünï€ödé", new string('x', 257), new string('/', 257), "a|b", "a$002Fb", "tab\tnewline\n", "😀"];

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task An_id_may_have_any_characters(string id)
    {
        await using var host = await StartAsync(Wait);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions(id));
        await host.Client.RaiseEventAsync(id, "Bell", "rung");

        Assert.Equal("rung", await ResultAsync<string>(host, id));
        Assert.Equal(id, (await host.Client.GetInstanceAsync(id))!.InstanceId);
    }

    [Fact]
    public async Task An_id_that_begins_with_an_at_sign_is_refused()
    {
        await using var host = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "", new StartOrchestrationOptions("@entity")));
    }

    [Fact]
    public async Task An_instance_shows_its_input_output_and_times()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x");
        var ended = await EndAsync(host, id);

        Assert.Equal(("Echo", id, "\"x\"", "\"x\""), (ended.Name, ended.InstanceId, ended.SerializedInput, ended.SerializedOutput));
        Assert.True(ended.CreatedAt <= ended.LastUpdatedAt);
        Assert.True(ended.IsCompleted);
    }

    [Fact]
    public async Task A_running_instance_shows_its_custom_status()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", async (c, _) =>
        {
            c.SetCustomStatus(new { Stage = "waiting" });
            await c.WaitForExternalEvent<int>("Go");
            c.SetCustomStatus(new { Stage = "done" });
            return 0;
        }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);

        Assert.Contains("waiting", (await StateAsync(host, id)).SerializedCustomStatus);
        await host.Client.RaiseEventAsync(id, "Go", 0);
        Assert.Contains("done", (await EndAsync(host, id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task A_terminated_instance_ends_with_what_it_is_given_and_runs_no_more()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await host.WhenIdleAsync();

        Assert.True(await host.Client.TerminateInstanceAsync(id, "stopped"));
        var ended = await EndAsync(host, id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stopped\""), (ended.RuntimeStatus, ended.SerializedOutput));
        await host.Client.RaiseEventAsync(id, "Bell", "late");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await StateAsync(host, id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminating_nobody_or_somebody_who_has_ended_changes_nothing()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "");
        await EndAsync(host, id);

        var nobody = await host.Client.TerminateInstanceAsync("nobody");
        var late = await host.Client.TerminateInstanceAsync(id);

        if (host.Abilities.HasFlag(HostAbilities.EventsAreReceipted))
            Assert.False(nobody || late);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await StateAsync(host, id)).RuntimeStatus);
        Assert.Null(await host.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task A_suspended_instance_does_nothing_until_resumed_and_then_misses_nothing()
    {
        await using var host = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<TimeSpan, string>("Main", async (c, delay) =>
            {
                var timer = c.CreateTimer(delay, CancellationToken.None);
                var a = await c.WaitForExternalEvent<string>("Bell");
                await timer;
                return a + await c.WaitForExternalEvent<string>("Bell") + await c.CallActivityAsync<int>("Same", 3);
            }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", Unit(host));
        await host.WhenIdleAsync();

        await host.Client.SuspendInstanceAsync(id, "holiday");
        await host.Client.RaiseEventAsync(id, "Bell", "1");
        await host.Client.RaiseEventAsync(id, "Bell", "2");
        await host.AdvanceAsync(2 * Unit(host));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await StateAsync(host, id)).RuntimeStatus);
        await host.Client.ResumeInstanceAsync(id, "back");

        Assert.Equal("123", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_instance_that_was_suspended_twice_is_resumed_at_once()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await host.WhenIdleAsync();
        await host.Client.SuspendInstanceAsync(id);
        await host.Client.SuspendInstanceAsync(id);
        await host.Client.RaiseEventAsync(id, "Bell", "rung");
        await host.Client.ResumeInstanceAsync(id);

        Assert.Equal("rung", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_suspended_instance_stays_suspended_over_a_crash()
    {
        await using var host = await StartAsync(Wait);
        Needs(host, HostAbilities.Restart);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await host.Client.SuspendInstanceAsync(id);
        await host.Client.RaiseEventAsync(id, "Bell", "rung");
        await host.CrashAndRestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await StateAsync(host, id)).RuntimeStatus);
        await host.Client.ResumeInstanceAsync(id);

        Assert.Equal("rung", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await host.Client.SuspendInstanceAsync(id);
        await host.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(host, id)).RuntimeStatus);
    }

    [Fact]
    public async Task An_ended_instance_is_purged_a_live_one_is_not()
    {
        await using var host = await StartAsync(Wait);
        var ended = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "");
        var live = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await EndAsync(host, ended);
        await host.WhenIdleAsync();

        Assert.True(await host.Client.PurgeInstanceAsync(ended));
        Assert.False(await host.Client.PurgeInstanceAsync(ended));
        Assert.False(await host.Client.PurgeInstanceAsync("nobody"));
        if (host.Abilities.HasFlag(HostAbilities.LivePurgeRefused))
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync(live));
        else
            Assert.False(await host.Client.PurgeInstanceAsync(live));
        Assert.Null(await host.Client.GetInstanceAsync(ended));
        Assert.NotNull(await host.Client.GetInstanceAsync(live));
    }

    [Fact]
    public async Task Ended_instances_are_purged_by_status()
    {
        await using var host = await StartAsync(r =>
        {
            Wait(r);
            r.AddOrchestratorFunc<string, string>("Break", (_, _) => throw new InvalidOperationException("broken"));
        });
        var completed = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "");
        var failed = await host.Client.ScheduleNewOrchestrationInstanceAsync("Break", "");
        var live = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        await EndAsync(host, completed);
        await EndAsync(host, failed);

        Assert.Equal(1, await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed])));

        Assert.Null(await host.Client.GetInstanceAsync(failed));
        Assert.NotNull(await host.Client.GetInstanceAsync(completed));
        Assert.NotNull(await host.Client.GetInstanceAsync(live));
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page_and_filtered()
    {
        await using var host = await StartAsync(Wait);
        for (var i = 0; i < 7; i++)
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions($"case-{i}"));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "", new StartOrchestrationOptions("other"));
        await EndAsync(host, "other");
        await host.WhenIdleAsync();

        async Task<List<string>> ListAsync(OrchestrationQuery query)
        {
            var found = new List<string>();
            do
            {
                var page = await host.Client.GetAllInstancesAsync(query);
                Assert.InRange(page.Values.Count, 0, query.PageSize);
                found.AddRange(page.Values.Select(v => v.InstanceId));
                query = query with { ContinuationToken = page.ContinuationToken };
            }
            while (query.ContinuationToken is not null);
            found.Sort(StringComparer.Ordinal);
            return found;
        }

        var cases = Enumerable.Range(0, 7).Select(i => $"case-{i}").ToList();
        Assert.Equal([.. cases, "other"], await ListAsync(new OrchestrationQuery { PageSize = 3 }));
        Assert.Equal(cases, await ListAsync(new OrchestrationQuery { PageSize = 2, InstanceIdPrefix = "case-" }));
        Assert.Equal(["other"], await ListAsync(new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Completed] }));
        Assert.Empty(await ListAsync(new OrchestrationQuery { CreatedFrom = host.Now.AddDays(1) }));
    }

    [Fact]
    public async Task An_instance_that_is_to_start_later_waits_and_keeps_the_events_that_come_before()
    {
        await using var host = await StartAsync(Wait);
        Needs(host, HostAbilities.DelayedStart);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", "", new StartOrchestrationOptions("later", StartAt: host.Now + (2 * Unit(host))));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await StateAsync(host, id)).RuntimeStatus);
        await host.Client.RaiseEventAsync(id, "Bell", "early");
        await host.AdvanceAsync(2 * Unit(host));

        Assert.Equal("early", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_instance_knows_its_version()
    {
        await using var host = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", (c, _) => Task.FromResult(c.Version)));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0, new StartOrchestrationOptions(Version: "2.0"));

        Assert.Equal("2.0", await ResultAsync<string>(host, id));
    }

    [Fact]
    public async Task An_unknown_instance_is_null_and_waiting_for_it_ends_only_by_cancelling()
    {
        await using var host = await StartAsync(Wait);
        using var stop = new CancellationTokenSource();
        var waiting = host.Client.WaitForInstanceCompletionAsync("nobody", stop.Token);

        Assert.Null(await host.Client.GetInstanceAsync("nobody"));
        Assert.False(waiting.IsCompleted);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Whoever_waits_for_the_start_is_told_when_it_runs()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        using var patience = new CancellationTokenSource(Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.WaitForInstanceStartAsync(id, patience.Token)).RuntimeStatus);
    }

    [Fact]
    public async Task An_orchestrator_that_is_not_registered_fails_its_instance()
    {
        await using var host = await StartAsync(Wait);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("NoSuch", "");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(host, id)).RuntimeStatus);
    }
}
