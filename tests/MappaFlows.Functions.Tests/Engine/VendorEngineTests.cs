using MappaFlows.Durable;

namespace MappaFlows.Functions.Tests.Engine;

/// <summary>The adapter on the vendor's own engine: what the mocks cannot prove.</summary>
[Collection(nameof(OneAtATime))]
public class VendorEngineTests
{
    public sealed record Ask(string CaseId, int Level);

    [Fact]
    public async Task An_orchestration_runs_its_activities_with_typed_input_and_output()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<Ask, string>("Screening", async (context, ask) =>
                await context.CallActivityAsync<string>("Describe", ask with { Level = ask.Level + 1 }) + "@" + context.InstanceId)
            .AddActivityFunc<Ask, string>("Describe", (context, ask) => Task.FromResult($"{context.Name} {ask.CaseId} {ask.Level}")));

        var ended = await RunAsync(engine, "Screening", new Ask("case-1", 1), "i-1");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("\"Describe case-1 2@i-1\"", ended.SerializedOutput);
    }

    [Fact]
    public async Task A_failed_activity_is_tried_again_and_then_fails_as_the_ports_failure()
    {
        var tries = 0;
        await using var engine = await VendorEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Tell", async (context, input) =>
            {
                try
                {
                    await context.CallActivityAsync("Send", input, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1))));
                    return "sent";
                }
                catch (TaskFailedException failure)
                {
                    return $"{failure.TaskName}: {failure.FailureDetails.ErrorMessage}";
                }
            })
            .AddActivityFunc<string, string>("Send", (_, _) =>
            {
                Interlocked.Increment(ref tries);
                throw new InvalidOperationException("no mail today");
            }));

        var ended = await RunAsync(engine, "Tell", "x");

        Assert.Equal(3, tries);
        Assert.Equal("\"Send: no mail today\"", ended.SerializedOutput);
    }

    [Fact]
    public async Task A_doorbell_wins_against_its_timer_and_the_instance_ends_at_once()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Approval", async (context, _) =>
        {
            using var stop = new CancellationTokenSource();
            var bell = context.WaitForExternalEvent<string?>("Bell");
            var late = context.CreateTimer(context.CurrentUtcDateTime.AddYears(20), stop.Token);
            if (await Task.WhenAny(bell, late) == late)
                return "late";
            stop.Cancel(); // Not CancelAsync: it goes on on another thread, which an orchestration must not.
            return "rung";
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Approval", "", new StartOrchestrationOptions("a-1"));
        await engine.Client.WaitForInstanceStartAsync(id, TestContext.Current.CancellationToken);

        Assert.True(await engine.Client.RaiseEventAsync(id, "bell"));

        Assert.Equal("\"rung\"", (await engine.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken)).SerializedOutput);
    }

    [Fact]
    public async Task A_timer_fires()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, bool>("Wait", async (context, _) =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            return context.CurrentUtcDateTime >= before.AddMilliseconds(50);
        }));

        Assert.Equal("true", (await RunAsync(engine, "Wait", "")).SerializedOutput);
    }

    [Fact]
    public async Task A_sub_orchestration_has_the_id_it_was_given_and_its_parent()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("CaseLifecycle", (context, _) =>
                context.CallSubOrchestratorAsync<string>("LevelReview", "x", new SubOrchestrationOptions(InstanceId: "review-1")))
            .AddOrchestratorFunc<string, string>("LevelReview", (context, _) =>
                Task.FromResult($"{context.InstanceId} of {context.Parent?.Name} {context.Parent?.InstanceId}")));

        Assert.Equal("\"review-1 of CaseLifecycle case-1\"", (await RunAsync(engine, "CaseLifecycle", "", "case-1")).SerializedOutput);
    }

    [Fact]
    public async Task A_next_run_begins_with_its_new_input_and_what_was_not_read_yet()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, string>("Stage", async (context, round) =>
        {
            await context.WaitForExternalEvent<string?>("Bell");
            if (round < 3)
            {
                context.ContinueAsNew(round + 1);
                return "";
            }

            return $"round {round}";
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stage", 1, new StartOrchestrationOptions("s-1"));
        for (var i = 0; i < 3; i++)
            await engine.Client.RaiseEventAsync(id, "Bell");

        Assert.Equal("\"round 3\"", (await engine.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken)).SerializedOutput);
    }

    [Fact]
    public async Task An_id_that_runs_is_refused_and_an_ended_one_may_be_used_again()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Approval", (context, _) =>
            context.WaitForExternalEvent<string>("Bell")));
        var options = new StartOrchestrationOptions("a-1");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Approval", "", options);
        await engine.Client.WaitForInstanceStartAsync("a-1", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Approval", "", options));
        await engine.Client.RaiseEventAsync("a-1", "Bell", "first");
        var first = await engine.Client.WaitForInstanceCompletionAsync("a-1", TestContext.Current.CancellationToken);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Approval", "", options);
        await engine.Client.RaiseEventAsync("a-1", "Bell", "second");
        var second = await engine.Client.WaitForInstanceCompletionAsync("a-1", TestContext.Current.CancellationToken);

        Assert.Equal("a-1", refused.InstanceId);
        Assert.Equal("\"first\"", first.SerializedOutput);
        Assert.Equal("\"second\"", second.SerializedOutput);
    }

    [Fact]
    public async Task An_instance_nobody_started_is_not_there()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Any", (_, input) => Task.FromResult(input)));

        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
        Assert.False(await engine.Client.PurgeInstanceAsync("nobody"));
    }

    [Fact]
    public async Task A_custom_status_is_seen_from_outside_and_an_instance_can_be_ended()
    {
        await using var engine = await VendorEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Approval", (context, _) =>
        {
            context.SetCustomStatus("waiting for the Chair");
            return context.WaitForExternalEvent<string>("Bell");
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Approval", "", new StartOrchestrationOptions("a-1"));
        var started = await engine.Client.WaitForInstanceStartAsync("a-1", TestContext.Current.CancellationToken);

        Assert.True(await engine.Client.TerminateInstanceAsync("a-1", "stopped"));
        var ended = await engine.Client.WaitForInstanceCompletionAsync("a-1", TestContext.Current.CancellationToken);

        Assert.Equal("\"waiting for the Chair\"", ended.SerializedCustomStatus ?? started.SerializedCustomStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
    }

    private static async Task<OrchestrationMetadata> RunAsync(VendorEngine engine, string name, object input, string? instanceId = null)
    {
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instanceId));
        return await engine.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
    }
}
