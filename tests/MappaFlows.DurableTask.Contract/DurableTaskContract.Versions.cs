using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MappaFlows.DurableTask.Contract;

public abstract partial class DurableTaskContract
{
    private static void EchoVersion(DurableTaskRegistry registry) => registry
        // Without a version some engines say null, and some the empty string.
        .AddOrchestratorFunc<int, string>("Version", (c, _) => Task.FromResult(c.Version ?? ""))
        .AddOrchestratorFunc<string?, string>("Parent", async (c, version) => c.Version + ">" + await c.CallSubOrchestratorAsync<string>(
            "Version", 0, version is null ? null : new SubOrchestrationOptions { Version = version }));

    private static Task<string> StartVersionAsync(IDurableTaskEngine engine, string name, object? input, string version) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync(
            name, input, new StartOrchestrationOptions { Version = version }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_instance_knows_the_version_that_it_was_started_with()
    {
        await using var engine = await StartAsync(EchoVersion);

        Assert.Equal("2.0", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Version", 0, "2.0")));
        Assert.Equal("", await RunAsync<string>(engine, "Version", 0));
    }

    [Fact]
    public async Task The_clients_default_version_is_used_when_none_is_given()
    {
        await using var engine = await StartAsync(
            new EngineSetup(EchoVersion) { ConfigureClient = options => options.DefaultVersion = "1.5" });

        Assert.Equal("1.5", await RunAsync<string>(engine, "Version", 0));
        Assert.Equal("2.0", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Version", 0, "2.0")));
    }

    [Fact]
    public async Task A_sub_orchestration_does_not_inherit_its_parents_version()
    {
        await using var engine = await StartAsync(EchoVersion);

        Assert.Equal("2.0>", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Parent", null, "2.0")));
    }

    [Fact]
    public async Task A_sub_orchestration_takes_the_workers_default_version()
    {
        await using var engine = await StartAsync(new EngineSetup(EchoVersion)
        {
            ConfigureWorker = options => options.Versioning = new() { DefaultVersion = "1.1" },
        });

        Assert.Equal("2.0>1.1", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Parent", null, "2.0")));
    }

    [Fact]
    public async Task A_sub_orchestration_takes_the_version_of_its_options()
    {
        await using var engine = await StartAsync(EchoVersion);

        Assert.Equal("2.0>3.0", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Parent", "3.0", "2.0")));
    }

    [Fact]
    public async Task Code_compares_its_version()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<int, string>("Main", (c, _) =>
            Task.FromResult($"{Math.Sign(c.CompareVersionTo("1.0"))},{Math.Sign(c.CompareVersionTo("1.10"))},{Math.Sign(c.CompareVersionTo("2.0"))}")));

        Assert.Equal("1,0,-1", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Main", 0, "1.10")));
    }

    [Fact]
    public async Task A_worker_that_asks_for_its_own_version_fails_others()
    {
        await using var engine = await StartAsync(new EngineSetup(EchoVersion)
        {
            ConfigureWorker = options => options.Versioning = new()
            {
                Version = "2.0",
                MatchStrategy = global::Microsoft.DurableTask.Worker.DurableTaskWorkerOptions.VersionMatchStrategy.Strict,
                FailureStrategy = global::Microsoft.DurableTask.Worker.DurableTaskWorkerOptions.VersionFailureStrategy.Fail,
            },
        });

        Assert.Equal("2.0", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Version", 0, "2.0")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, await StartVersionAsync(engine, "Version", 0, "1.0"))).RuntimeStatus);
    }

    [Fact]
    public async Task A_worker_that_takes_older_versions_fails_newer_ones()
    {
        await using var engine = await StartAsync(new EngineSetup(EchoVersion)
        {
            ConfigureWorker = options => options.Versioning = new()
            {
                Version = "2.0",
                MatchStrategy = global::Microsoft.DurableTask.Worker.DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
                FailureStrategy = global::Microsoft.DurableTask.Worker.DurableTaskWorkerOptions.VersionFailureStrategy.Fail,
            },
        });

        Assert.Equal("1.9", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Version", 0, "1.9")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, await StartVersionAsync(engine, "Version", 0, "2.1"))).RuntimeStatus);
    }

    [Fact]
    public async Task A_version_is_run_by_the_orchestrator_registered_for_it()
    {
        await using var engine = await StartAsync(r => r
            .AddOrchestratorFunc<int, string>("Main", new TaskVersion("1.0"), (_, _) => Task.FromResult("one"))
            .AddOrchestratorFunc<int, string>("Main", new TaskVersion("2.0"), (_, _) => Task.FromResult("two")));

        Assert.Equal("one", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Main", 0, "1.0")));
        Assert.Equal("two", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Main", 0, "2.0")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine, await StartVersionAsync(engine, "Main", 0, "3.0"))).RuntimeStatus);
    }

    [Fact]
    public async Task An_activity_runs_in_the_version_of_its_orchestration_or_of_its_options()
    {
        await using var engine = await StartAsync(r => r
            .AddActivityFunc<int, string>("Act", new TaskVersion("1.0"), (_, _) => Task.FromResult("one"))
            .AddActivityFunc<int, string>("Act", new TaskVersion("2.0"), (_, _) => Task.FromResult("two"))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) => await c.CallActivityAsync<string>("Act", 0)
                + await c.CallActivityAsync<string>("Act", 0, new TaskOptions { Version = "1.0" })));

        Assert.Equal("twoone", await ResultAsync<string>(engine, await StartVersionAsync(engine, "Main", 0, "2.0")));
    }

    [Fact]
    public async Task ContinueAsNew_keeps_the_version_or_takes_the_new_one()
    {
        await using var engine = await StartAsync(r => r.AddOrchestratorFunc<List<string>, List<string>>("Main", (c, versions) =>
        {
            versions.Add(c.Version);
            if (versions.Count == 1) c.ContinueAsNew(versions);
            if (versions.Count == 2) c.ContinueAsNew(new ContinueAsNewOptions { NewInput = versions, NewVersion = "2.0" });
            return Task.FromResult(versions);
        }));

        Assert.Equal(["1.0", "1.0", "2.0"], await ResultAsync<List<string>>(engine, await StartVersionAsync(engine, "Main", new List<string>(), "1.0")));
    }
}
