using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    [Fact]
    public async Task An_id_may_be_used_again_after_its_instance_has_ended()
    {
        await using var engine = await StartAsync(Wait);
        foreach (var input in new[] { "1", "2", "3" })
        {
            await StartAsync(engine, "Echo", input, "again");
            Assert.Equal(input, await ResultAsync<string>(engine, "again"));
        }
    }

    [Fact]
    public async Task An_instance_that_is_to_start_later_waits_and_keeps_the_events_that_come_before()
    {
        await using var engine = await StartAsync(Wait);
        var startAt = engine.Now + (2 * Unit(engine));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "", new StartOrchestrationOptions("later", StartAt: startAt));
        var status = (await StateAsync(engine, id)).RuntimeStatus;
        // Where time is real, a busy machine may look so late that the instance has started.
        if (engine.Now < startAt) Assert.Equal(OrchestrationRuntimeStatus.Pending, status);
        await engine.Client.RaiseEventAsync(id, "Signal", "early");
        await engine.AdvanceAsync(2 * Unit(engine));

        Assert.Equal("early", await ResultAsync<string>(engine, id));
    }

    private static readonly OrchestrationRuntimeStatus[] NotEnded =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static Task<string> StartDedupedAsync(
        IDurableTaskEngine engine,
        string name,
        string id,
        params OrchestrationRuntimeStatus[] dedupe) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync(
            name, "second", new StartOrchestrationOptions(id).WithDedupeStatuses(dedupe), TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_start_is_refused_while_an_instance_has_one_of_the_dedupe_statuses()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Wait", "first", "taken");
        await UntilAsync(engine, "taken", OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartDedupedAsync(engine, "Wait", "taken", NotEnded));

        Assert.Equal("first", (await StateAsync(engine, "taken")).ReadInputAs<string>());
        await engine.Client.RaiseEventAsync("taken", "Signal", "went on");
        Assert.Equal("went on", await ResultAsync<string>(engine, "taken"));
    }

    [Fact]
    public async Task A_start_over_a_suspended_instance_is_refused_by_its_dedupe_status()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Wait", "first", "taken");
        await UntilAsync(engine, "taken", OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync("taken");
        await UntilAsync(engine, "taken", OrchestrationRuntimeStatus.Suspended);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartDedupedAsync(engine, "Wait", "taken", NotEnded));
    }

    [Fact]
    public async Task A_start_over_an_ended_instance_passes_when_only_live_statuses_are_deduped()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "first", "ended");
        await EndAsync(engine, "ended");

        await StartDedupedAsync(engine, "Echo", "ended", NotEnded);

        await UntilAsync(engine, "ended", state => state.IsCompleted && state.ReadOutputAs<string>() == "second");
    }

    [Fact]
    public async Task A_start_over_a_completed_instance_is_refused_by_its_dedupe_status()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Echo", "first", "ended");
        await EndAsync(engine, "ended");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => StartDedupedAsync(engine, "Echo", "ended", OrchestrationRuntimeStatus.Completed));

        Assert.Equal("first", (await StateAsync(engine, "ended")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_start_over_a_running_instance_replaces_it_when_its_status_is_not_deduped()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Wait", "first", "taken");
        await UntilAsync(engine, "taken", OrchestrationRuntimeStatus.Running);

        await StartDedupedAsync(engine, "Wait", "taken", OrchestrationRuntimeStatus.Completed);

        await UntilAsync(
            engine,
            "taken",
            state => state.RuntimeStatus == OrchestrationRuntimeStatus.Running && state.ReadInputAs<string>() == "second");
    }

    [Fact]
    public async Task A_start_over_a_running_instance_is_refused_without_dedupe_statuses()
    {
        await using var engine = await StartAsync(Wait);
        await StartAsync(engine, "Wait", "first", "taken");
        await UntilAsync(engine, "taken", OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync(engine, "Wait", "second", "taken"));

        Assert.Equal("first", (await StateAsync(engine, "taken")).ReadInputAs<string>());
    }

    [Fact]
    public async Task A_dedupe_status_that_does_not_exist_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", "", new StartOrchestrationOptions("one") { DedupeStatuses = ["Nonsense"] }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_wins()
    {
        await using var engine = await StartAsync(Wait);
        var starts = Enumerable.Range(0, ManyMessages).Select(async _ =>
        {
            try
            {
                await StartDedupedAsync(engine, "Wait", "one", NotEnded);
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
    public async Task A_start_without_a_name_is_refused()
    {
        await using var engine = await StartAsync(Wait);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => StartAsync(engine, "", "", "unnamed"));

        Assert.Null(await FindAsync(engine, "unnamed"));
    }

    [Fact]
    public async Task An_id_with_half_a_surrogate_is_refused_or_runs()
    {
        await using var engine = await StartAsync(Wait);
        string? id = null;
        try
        {
            id = await StartAsync(engine, "Echo", "x", "a\ud800b");
        }
        catch (ArgumentException)
        {
            // Refused at the door.
        }

        if (id is not null) Assert.Equal("x", await ResultAsync<string>(engine, id));
        Assert.Equal("y", await RunAsync<string>(engine, "Echo", "y"));
    }

    [Fact]
    public async Task Waiting_for_an_event_whose_name_has_half_a_surrogate_ends_in_a_status()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", async (c, _) =>
        {
            try
            {
                var odd = c.WaitForExternalEvent<string>("a\ud800b");
                return await await Task.WhenAny(odd, c.WaitForExternalEvent<string>("Signal"));
            }
            catch (ArgumentException)
            {
                return "refused";
            }
        }));
        var id = await StartAsync(engine, "Main", 0);
        await engine.Client.RaiseEventAsync(id, "Signal", "taken");

        Assert.Contains(await ResultAsync<string>(engine, id), new[] { "taken", "refused" });
    }
}
