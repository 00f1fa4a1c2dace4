using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    private static readonly Dictionary<string, string> SomeTags = new() { ["area"] = "North", ["Ünï"] = "€" };

    private static Task<string> StartTaggedAsync(IDurableTaskEngine engine, string name, object? input) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync(
            name, input, new StartOrchestrationOptions { Tags = SomeTags }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_instance_shows_its_tags_while_it_runs_and_when_it_has_ended()
    {
        await using var engine = await StartAsync(Wait);
        var id = await StartTaggedAsync(engine, "Wait", "");

        Assert.Equal(SomeTags, (await UntilAsync(engine, id, OrchestrationRuntimeStatus.Running)).Tags);
        await engine.Client.RaiseEventAsync(id, "Signal", "x");
        Assert.Equal(SomeTags, (await EndAsync(engine, id)).Tags);
    }

    [Fact]
    public async Task Without_tags_an_instance_has_none()
    {
        await using var engine = await StartAsync(Wait);

        Assert.Empty((await EndAsync(engine, await StartAsync(engine, "Echo", ""))).Tags);
    }

    [Fact]
    public async Task Tags_are_kept_over_ContinueAsNew()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, int>("Main", (c, run) =>
        {
            if (run < 2) c.ContinueAsNew(run + 1);
            return Task.FromResult(run);
        }));
        var id = await StartTaggedAsync(engine, "Main", 0);

        Assert.Equal(2, await ResultAsync<int>(engine, id));
        Assert.Equal(SomeTags, (await EndAsync(engine, id)).Tags);
    }

    [Fact]
    public async Task A_sub_orchestration_has_the_tags_of_its_options()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, int>("Child", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", (c, n) => c.CallSubOrchestratorAsync<int>(
                "Child", n, new TaskOptions(tags: new Dictionary<string, string> { ["part"] = "child" }).WithInstanceId("tagged-child"))));

        await RunAsync<int>(engine, "Main", 1);

        Assert.Equal(new Dictionary<string, string> { ["part"] = "child" }, (await EndAsync(engine, "tagged-child")).Tags);
    }

    [Fact]
    public async Task An_activity_may_have_tags()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Main", (c, n) => c.CallActivityAsync<int>(
                "Same", n, new TaskOptions(tags: new Dictionary<string, string> { ["part"] = "activity" }))));

        Assert.Equal(5, await RunAsync<int>(engine, "Main", 5));
    }
}
