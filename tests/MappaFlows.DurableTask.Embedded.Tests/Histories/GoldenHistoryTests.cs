using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Replay;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MappaFlows.DurableTask.Embedded.Tests.Histories;

/// <summary>What a released version wrote, every later one reads and replays.</summary>
public sealed class GoldenHistoryTests
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "Histories");

    // A folder without files is what a build left of one that is gone.
    public static TheoryData<string, string> Histories()
    {
        var data = new TheoryData<string, string>();
        foreach (
            var version in Directory.GetDirectories(Root).Where(d => Directory.EnumerateFiles(d).Any()).Select(d =>
                Path.GetFileName(d)).Order(StringComparer.Ordinal))
        {
            foreach (var name in GoldenHistories.Names)
                data.Add(version, name);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_of_a_released_version_is_replayed_to_its_end(string version, string name)
    {
        var history = Read(version, name);
        var run = NewRun(name, history);
        foreach (var turn in GoldenHistories.Turns(history))
            run.Replay(turn);

        var last = Assert.IsType<ExecutionCompleted>(GoldenHistories.Turns(history)[^1].Events[^1]);
        Assert.Equal(history["output"]!.GetValue<string>(), Payloads.Text(last.Output));
        if (last.Status == OrchestrationRuntimeStatus.Completed)
            Assert.Empty(run.Open.Requests);
        else
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, last.Status);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void Any_step_of_it_that_is_changed_is_found(string version, string name)
    {
        var turns = GoldenHistories.Turns(Read(version, name));
        var changes = 0;
        for (var turn = 0; turn < turns.Count; turn++)
        {
            for (var at = 0; at < turns[turn].Events.Count; at++)
            {
                HistoryEvent? other = turns[turn].Events[at] switch
                {
                    TaskScheduled x => x with { Name = x.Name + "X" },
                    SubOrchestrationScheduled x => x with { Name = x.Name + "X" },
                    TimerCreated x => new TaskScheduled(x.Id, "X", null, ""),
                    EventSent x => x with { InstanceId = "somebody" },
                    _ => null,
                };
                if (other is null)
                    continue;
                changes++;
                var changed = new List<HistoryEvent>(turns[turn].Events) { [at] = other };
                var run = NewRun(name, Read(version, name));
                Assert.Throws<DivergedException>(() =>
                {
                    for (var i = 0; i < turns.Count; i++)
                        run.Replay(i == turn ? turns[i] with { Events = changed } : turns[i]);
                });
            }
        }
        Assert.True(changes > 0);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task This_version_writes_the_same(string version, string name)
    {
        // Until a release changes the form on purpose: then this holds for its own folder and those after it.
        Assert.Equal(Read(version, name).ToJsonString(), JsonNode.Parse(await GoldenHistories.RecordAsync(name))!.ToJsonString());
    }

    private static JsonNode Read(string version, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, version, name + ".json")))!;

    private static OrchestrationRun NewRun(string name, JsonNode history)
    {
        var registry = new DurableTaskRegistry();
        GoldenHistories.Register(registry);
        var version = history["version"]!.GetValue<string>();
        var execution = new Execution(name, "golden", Guid.Empty, version, null, Payloads.Bytes(history["input"]!.GetValue<string>()));
        using var services = new ServiceCollection().BuildServiceProvider();
        var tasks = new Tasks(
            new RegistryFactory(registry),
            new DurableTaskWorkerOptions { DataConverter = GoldenHistories.ConverterOf(name) },
            null);
        return new OrchestrationRun(
            execution,
            tasks.Orchestrator(name, version, services)!,
            tasks,
            new Payloads(tasks.Converter, 256 * 1024),
            NullLoggerFactory.Instance,
            () => { });
    }

    private sealed class RegistryFactory(DurableTaskRegistry registry) : IDurableTaskFactory
    {
        public bool TryCreateActivity(TaskName name, IServiceProvider serviceProvider, [NotNullWhen(true)] out ITaskActivity? activity)
        {
            activity = null;
            return false;
        }

        public bool TryCreateOrchestrator(
            TaskName name,
            IServiceProvider serviceProvider,
            [NotNullWhen(true)] out ITaskOrchestrator? orchestrator)
        {
            orchestrator = registry.GetOrchestrators().Single(task => task.Key == name).Value(serviceProvider);
            return true;
        }
    }
}
