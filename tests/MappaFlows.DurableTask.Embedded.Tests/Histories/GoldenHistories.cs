using System.Text.Json;
using System.Text.Json.Nodes;
using MappaFlows.DurableTask.Contract;
using MappaFlows.DurableTask.Embedded.Engine;
using MappaFlows.DurableTask.Embedded.Engine.History;
using MappaFlows.DurableTask.Embedded.Engine.Storage;
using MappaFlows.Tables;
using Microsoft.DurableTask.Converters;

namespace MappaFlows.DurableTask.Embedded.Tests.Histories;

/// <summary>
/// Orchestrations that never change, and the histories that each released version wrote of them. A new release adds a folder, written by
/// this program with <c>--write-histories FOLDER</c>; what is in a folder is never written again.
/// </summary>
internal static class GoldenHistories
{
    public const string WriteArgument = "--write-histories";

    private const string Version = "1.2";

    private static readonly Dictionary<string, object> Inputs = new()
    {
        ["Steps"] = "you",
        ["Waits"] = 10,
        ["Fails"] = 3,
        ["Versions"] = 5,
        ["FailsForGood"] = 7,
        ["Terminated"] = 9,
        ["Text"] = "Äß😀",
    };

    public static IEnumerable<string> Names => Inputs.Keys;

    /// <summary>Writes text that is not JSON, where the history is of such.</summary>
    public static DataConverter ConverterOf(string name) => name == "Text" ? new Base64Converter() : JsonDataConverter.Default;

    public static void Register(DurableTaskRegistry registry) => registry
        .AddActivityFunc<string, string>("Greet", (_, name) => Task.FromResult($"Hello, {name}"))
        .AddActivityFunc<int, int>("Break", int (_, _) => throw new InvalidOperationException("broken"))
        .AddOrchestratorFunc<int, int>("Child", (c, n) => Task.FromResult(n + 1))
        .AddOrchestratorFunc<string, string>("Steps", async (c, name) =>
        {
            // One after the other: of two at once now one would be recorded first, now the other.
            var greeting = await c.CallActivityAsync<string>("Greet", name);
            var other = await c.CallActivityAsync<string>("Greet", "Äß😀");
            var child = await c.CallSubOrchestratorAsync<int>("Child", 41, new TaskOptions().WithInstanceId("golden-child"));
            c.SendEvent("nobody", "Bell", new { child });
            return $"{greeting} {other} {child}";
        })
        .AddOrchestratorFunc<int, string>("Waits", async (c, days) =>
        {
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(TimeSpan.FromDays(days), stop.Token);
            var bell = c.WaitForExternalEvent<string>("Bell");
            await Task.WhenAny(timer, bell);
            stop.Cancel();
            try
            {
                await c.WaitForExternalEvent<int>("Late", TimeSpan.FromDays(365 * 20));
            }
            catch (TaskCanceledException)
            {
            }
            return await bell;
        })
        .AddOrchestratorFunc<int, string>("Fails", async (c, n) =>
        {
            try
            {
                await c.CallActivityAsync("Break", n, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMinutes(5))));
                return "did not fail";
            }
            catch (TaskFailedException e)
            {
                return e.TaskName;
            }
        })
        .AddOrchestratorFunc<int, string>("EchoVersion", (c, _) => Task.FromResult(c.Version))
        .AddOrchestratorFunc<int, string>("Versions", async (c, n) =>
        {
            var own = await c.CallActivityAsync<string>("Greet", c.Version);
            var other = await c.CallActivityAsync<string>("Greet", "two", new TaskOptions { Version = "2.0" });
            var child = new SubOrchestrationOptions(instanceId: "golden-child")
            {
                Version = "3.0",
                Tags = new Dictionary<string, string> { ["colour"] = "green" },
            };
            return $"{own} {other} {await c.CallSubOrchestratorAsync<string>("EchoVersion", n, child)}";
        })
        .AddOrchestratorFunc<int, string>("FailsForGood", async (c, n) =>
        {
            try
            {
                // Nobody has registered it: it is not tried again.
                await c.CallActivityAsync("Missing", n, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(5))));
                return "did not fail";
            }
            catch (TaskFailedException e)
            {
                return e.TaskName;
            }
        })
        .AddOrchestratorFunc<int, string>("Listen", (c, _) => c.WaitForExternalEvent<string>("Never"))
        .AddOrchestratorFunc<int, string>("Terminated", (c, n) =>
            c.CallSubOrchestratorAsync<string>("Listen", n, new TaskOptions().WithInstanceId("golden-child")))
        .AddOrchestratorFunc<string, string>("Text", async (c, name) =>
            await c.CallActivityAsync<string>("Greet", name) + await c.WaitForExternalEvent<string>("Bell"));

    public static async Task<int> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in Names)
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), await RecordAsync(name) + "\n");
        return 0;
    }

    /// <summary>What this version writes, with the stack traces left out: they are of one machine.</summary>
    public static async Task<string> RecordAsync(string name)
    {
        ITableStore store = null!;
        var setup = new EngineSetup(Register)
        {
            ConfigureWorker = options => options.DataConverter = ConverterOf(name),
            ConfigureClient = options => options.DataConverter = ConverterOf(name),
        };
        await using var host = await SqliteEngine.StartAsync(setup, null, s => store = s);
        var start = new StartOrchestrationOptions("golden") { Version = name == "Versions" ? Version : null };
        await host.Client.ScheduleNewOrchestrationInstanceAsync(name, Inputs[name], start);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        await host.Client.SuspendInstanceAsync("golden", "pause");
        await host.Client.RaiseEventAsync("golden", "bell", "rung");
        await host.Client.ResumeInstanceAsync("golden", "go on");
        await host.AdvanceAsync(TimeSpan.FromDays(365 * 21));
        await host.Client.TerminateInstanceAsync("golden", new TerminateInstanceOptions("stopped", Recursive: true));
        await host.WhenIdleAsync();

        var head = Head.From((await store.GetAsync(EngineRows.Table, Keys.Partition, Keys.Head("golden")))!);
        var turns = new JsonArray();
        var range = RowRange.Prefix(Keys.Turns("golden", head.Generation));
        await foreach (var entity in store.ReadAllAsync(EngineRows.Table, Keys.Partition, range))
        {
            var events = JsonNode.Parse(entity.Bytes("Events"))!.AsArray();
            foreach (var failure in events.Select(e => e!["failure"]).OfType<JsonObject>())
                failure.Remove("stack");
            turns.Add(new JsonObject { ["time"] = entity.Need<DateTimeOffset>("Time").UtcDateTime, ["events"] = events });
        }
        return new JsonObject
        {
            ["orchestrator"] = name,
            ["version"] = head.Version,
            ["input"] = Payloads.Text(head.Input),
            ["output"] = Payloads.Text(head.Output),
            ["turns"] = turns,
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public static List<Turn> Turns(JsonNode history) =>
    [
        .. history["turns"]!.AsArray().Select(t => new Turn(
            t!["time"]!.GetValue<DateTime>().ToUniversalTime(), TurnCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(t["events"])))),
    ];
}
