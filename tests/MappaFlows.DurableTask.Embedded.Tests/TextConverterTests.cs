using DurableTask.Core.History;
using MappaFlows.DurableTask.Contract;

namespace MappaFlows.DurableTask.Embedded.Tests;

/// <summary>A data converter whose text is not JSON works wherever a value is written or read.</summary>
public sealed class TextConverterTests : IAsyncDisposable
{
    private readonly TempStore _file = new();

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_value_of_an_instance_is_read_and_written_by_the_converter(bool replays)
    {
        await using var host = await StartHostAsync(replays);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", "in<>\"Äß😀", new StartOrchestrationOptions("a"));
        await host.WhenIdleAsync();
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("a", "Signal", "event");
        await host.WhenIdleAsync();
        await host.RestartAsync();
        await host.Client.RaiseEventAsync("a", "Signal", "early");
        await host.WhenIdleAsync();

        var ended = (await host.Client.GetInstanceAsync("a", true))!;
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{ended.FailureDetails}");
        Assert.Equal("in<>\"Äß😀, act(in<>\"Äß😀), child(2), event, early", ended.ReadOutputAs<string>());
        Assert.Equal("in<>\"Äß😀", ended.ReadInputAs<string>());
        Assert.Equal("status", ended.ReadCustomStatusAs<string>());
        Assert.Equal(Text("status"), ended.SerializedCustomStatus);
        Assert.Equal(Text("in<>\"Äß😀"), ended.SerializedInput);
        Assert.Equal(
            ended.ReadOutputAs<string>(),
            (await host.Operations.ListAsync(new() { InstanceIdPrefix = "a" })).Values[0].Metadata.ReadOutputAs<string>());

        var history = await host.Client.GetOrchestrationHistoryAsync("a", TestContext.Current.CancellationToken);
        Assert.Equal(Text("in<>\"Äß😀"), history.OfType<ExecutionStartedEvent>().Single().Input);
        Assert.Equal(Text("act(in<>\"Äß😀)"), history.OfType<TaskCompletedEvent>().Single().Result);
        Assert.Equal(Text("child(2)"), history.OfType<SubOrchestrationInstanceCompletedEvent>().Single().Result);
        Assert.Equal([Text("event"), Text("early")], history.OfType<EventRaisedEvent>().Select(e => e.Input));
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    [Fact]
    public async Task ContinueAsNew_unread_events_and_the_output_of_a_termination_keep_the_converters_text()
    {
        await using var host = await StartHostAsync(replays: true);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Renew", "first", new StartOrchestrationOptions("a"));
        await host.Client.RaiseEventAsync("a", "Signal", "second");
        await host.Client.RaiseEventAsync("a", "Signal", "third");
        await host.WhenIdleAsync();
        await host.RestartAsync();
        await host.WhenIdleAsync();
        Assert.Equal("third", (await host.Client.GetInstanceAsync("a", true))!.ReadInputAs<string>());

        await host.Client.TerminateInstanceAsync("a", "output");
        await host.WhenIdleAsync();
        Assert.Equal("output", (await host.Client.GetInstanceAsync("a", true))!.ReadOutputAs<string>());
        await EngineRows.AssertTidyAsync(_file.Store);
    }

    private Task<EmbeddedHost> StartHostAsync(bool replays) => EmbeddedHost.StartAsync(
        _file.Store,
        new EngineSetup(r => r
            .AddActivityFunc<string, string>("Act", (_, text) => Task.FromResult($"act({text})"))
            .AddOrchestratorFunc<int, string>("Child", (_, n) => Task.FromResult($"child({n})"))
            .AddOrchestratorFunc<string, string>("Main", async (c, input) =>
            {
                c.SetCustomStatus("status");
                var act = await c.CallActivityAsync<string>("Act", input);
                var child = await c.CallSubOrchestratorAsync<string>("Child", 2, new TaskOptions().WithInstanceId("child"));
                return $"{input}, {act}, {child}, {await c.WaitForExternalEvent<string>("Signal")}, {await c.WaitForExternalEvent<string>("Signal")}";
            })
            .AddOrchestratorFunc<string, string>("Renew", async (c, input) =>
            {
                c.ContinueAsNew(await c.WaitForExternalEvent<string>("Signal"));
                return input;
            }))
        {
            ConfigureWorker = options => options.DataConverter = new Base64Converter(),
            ConfigureClient = options => options.DataConverter = new Base64Converter(),
        },
        options => options.ReplayAfterEveryAwait = replays);

    private static string Text(object value) => new Base64Converter().Serialize(value)!;
}
