using MappaFlows.Tables;
using MappaFlows.Testing.Durable;

namespace MappaFlows.Durable.Tests;

public sealed class SmokeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_at_once(bool replay)
    {
        var dir = Directory.CreateTempSubdirectory();
        var store = new SqliteTableStore(Path.Combine(dir.FullName, "s.db"));
        await using var host = await EmbeddedHost.StartAsync(store, r =>
        {
            r.AddActivityFunc<string, string>("Hello", (_, s) => Task.FromResult("Hello " + s));
            var tries = 0;
            r.AddActivityFunc<string, string>("Flaky", (_, s) => ++tries < 3 ? throw new InvalidOperationException("no") : Task.FromResult("ok"));
            r.AddOrchestratorFunc<string, string>("Sub", async (c, s) =>
            {
                await c.CreateTimer(TimeSpan.FromDays(400), default);
                return await c.CallActivityAsync<string>("Hello", s);
            });
            r.AddOrchestratorFunc<int, string>("Main", async (c, n) =>
            {
                if (n < 3)
                {
                    c.ContinueAsNew(n + 1);
                    return "";
                }
                var a = await c.CallActivityAsync<string>("Hello", "a");
                var f = await c.CallActivityAsync<string>("Flaky", "a", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMinutes(1), 2)));
                var subs = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => c.CallSubOrchestratorAsync<string>("Sub", "s" + i)));
                var e = await c.WaitForExternalEvent<string>("Bell");
                return a + f + subs.Length + e;
            });
        }, o => o.ReplayAfterEveryAwait = replay, null, async () => { await store.DisposeAsync(); dir.Delete(true); });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Main", 0);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(500));
        Assert.True(await host.Client.RaiseEventAsync(id, "bell", "!"));
        var done = await host.Client.WaitForInstanceCompletionAsync(id, new CancellationTokenSource(5000).Token);
        Assert.Equal("\"Hello aok20!\"", done.SerializedOutput);
    }
}
