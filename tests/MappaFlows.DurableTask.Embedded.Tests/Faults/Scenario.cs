using System.Text.Json;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace MappaFlows.DurableTask.Embedded.Tests.Faults;

/// <summary>
/// Some work for the engine that can be driven again from its beginning, by whoever comes after a crash, and what must have come of it.
/// </summary>
internal sealed record Scenario(string Name, Action<DurableTaskRegistry> Register, Func<EmbeddedHost, Task> Drive, string Expected)
{
    public const string Main = "main";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("activities in turn, one retried", r => r
            .AddActivityFunc<int, int>("Next", (_, n) => Task.FromResult(n + 1))
            .AddActivityFunc<string, int>("Break", int (_, id) => throw new InvalidOperationException(id))
            .AddOrchestratorFunc<int, string>("Main", async (c, n) =>
            {
                n = await c.CallActivityAsync<int>("Next", n);
                n = await c.CallActivityAsync<int>("Next", n);
                try
                {
                    await c.CallActivityAsync("Break", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromHours(1))));
                }
                catch (TaskFailedException)
                {
                    n = await c.CallActivityAsync<int>("Next", n);
                }
                return $"{n}";
            }),
            async host =>
            {
                await StartAsync(host, 0);
                await host.AdvanceAsync(TimeSpan.FromHours(4));
            },
            "3"),

        new("timers and events that race", r => r
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                var log = "";
                foreach (var name in new[] { "First", "Second", "Third" })
                {
                    using var stop = new CancellationTokenSource();
                    var timer = c.CreateTimer(TimeSpan.FromDays(10), stop.Token);
                    var wait = c.WaitForExternalEvent<string>(name, stop.Token);
                    var winner = await Task.WhenAny(timer, wait);
                    stop.Cancel();
                    log += winner == wait ? await wait : "lapsed ";
                }
                return log;
            }),
            async host =>
            {
                await StartAsync(host, 0);
                await host.WhenIdleAsync();
                await host.Client.RaiseEventAsync(Main, "first", "1 ");
                // Early: nobody waits for it until the second has lapsed.
                await host.Client.RaiseEventAsync(Main, "Third", "3");
                await host.AdvanceAsync(TimeSpan.FromDays(11));
            },
            "1 lapsed 3"),

        new("children, one of them failing", r => r
            .AddActivityFunc<int, int>("Same", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, int>("Child", async (c, n) =>
            {
                await c.CreateTimer(TimeSpan.FromDays(n), CancellationToken.None);
                return n == 2 ? throw new InvalidOperationException("broken") : await c.CallActivityAsync<int>("Same", n);
            })
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
            {
                var children = Enumerable.Range(1, 4).Select(n => c.CallSubOrchestratorAsync<int>("Child", n)).ToList();
                var sum = 0;
                foreach (var child in children)
                {
                    try
                    {
                        sum += await child;
                    }
                    catch (TaskFailedException)
                    {
                        sum += 100;
                    }
                }
                return $"{sum}";
            }),
            async host =>
            {
                await StartAsync(host, 0);
                await host.AdvanceAsync(TimeSpan.FromDays(5));
            },
            "108"),

        new("generations that carry events over", r => r
            .AddActivityFunc<string, string>("Append", (_, s) => Task.FromResult(s + "."))
            .AddOrchestratorFunc<string, string>("Main", async (c, log) =>
            {
                log += await c.WaitForExternalEvent<string>($"Bell{log.Count(x => x == '.')}");
                log = await c.CallActivityAsync<string>("Append", log);
                if (log.Count(x => x == '.') < 3)
                    c.ContinueAsNew(log);
                return log;
            }),
            async host =>
            {
                await StartAsync(host, "");
                foreach (var (name, value) in new[] { ("Bell2", "c"), ("Bell1", "b"), ("Bell0", "a") })
                    await host.Client.RaiseEventAsync(Main, name, value);
                await host.WhenIdleAsync();
            },
            "a.b.c."),

        new("more children than one commit can hold", r => r
            .AddOrchestratorFunc<int, int>("Child", (_, n) => Task.FromResult(n))
            .AddOrchestratorFunc<int, string>("Main", async (c, _) =>
                $"{(await Task.WhenAll(Enumerable.Range(1, 130).Select(n => c.CallSubOrchestratorAsync<int>("Child", n)))).Sum()}"),
            async host =>
            {
                await StartAsync(host, 0);
                await host.WhenIdleAsync();
            },
            $"{130 * 131 / 2}"),

        new("an id used again after a termination", r => r
            .AddOrchestratorFunc<int, string>("Main", async (c, n) =>
            {
                using var stop = new CancellationTokenSource();
                var timer = c.CreateTimer(TimeSpan.FromDays(3000), stop.Token);
                var go = await c.WaitForExternalEvent<string>("Go");
                stop.Cancel();
                return go + n;
            }),
            async host =>
            {
                await StartAsync(host, 1);
                await host.WhenIdleAsync();
                if ((await host.Client.GetInstanceAsync(Main, true))!.SerializedInput == "1")
                {
                    await host.Client.SuspendInstanceAsync(Main);
                    await host.Client.TerminateInstanceAsync(Main);
                    await host.WhenIdleAsync();
                    await StartAsync(host, 2, evenIfEnded: true);
                }
                await host.Client.RaiseEventAsync(Main, "Go", "went");
                await host.WhenIdleAsync();
            },
            "went2"),
    ];

    public static Scenario Named(string name) => All.Single(s => s.Name == name);

    /// <summary>Starts the work, unless whoever was here before the crash has.</summary>
    public static async Task StartAsync<T>(EmbeddedHost host, T input, bool evenIfEnded = false)
    {
        if (!evenIfEnded && await host.Client.GetInstanceAsync(Main, true) is not null)
            return;
        try
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", input, new StartOrchestrationOptions(Main));
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Whoever was here before the crash had started it.
        }
    }

    /// <summary>That the work is done, rightly, and that the engine has left nothing lying about.</summary>
    public async Task VerifyAsync(EmbeddedHost host, Tables.ITableStore store)
    {
        var ended = await host.Client.GetInstanceAsync(Main, true);
        Assert.NotNull(ended);
        Assert.Equal(
            (OrchestrationRuntimeStatus.Completed, JsonSerializer.Serialize(Expected)),
            (ended.RuntimeStatus, ended.SerializedOutput));
        await EngineRows.AssertTidyAsync(store);
    }
}
