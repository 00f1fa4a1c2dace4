namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class ForeignAwaitTests
{
    [Theory]
    [InlineData("await {|MAPPA0001:_foreign.ReadAsync()|};")]
    [InlineData("var read = {|MAPPA0001:_foreign.ReadAsync()|}; await read;")]
    [InlineData("await Task.WhenAny(context.CallActivityAsync(\"A\"), {|MAPPA0001:_foreign.WaitToReadAsync()|}.AsTask());")]
    [InlineData("{|MAPPA0001:await|} foreach (var x in _foreign.ReadAllAsync()) { }")]
    [InlineData("{|MAPPA0001:await|} using var x = (IAsyncDisposable)(object)input;")]
    [InlineData("{|MAPPA0001:await|} using ((IAsyncDisposable)(object)input) { }")]
    [InlineData("async Task Inner() { await {|MAPPA0001:_foreign.ReadAsync()|}; } await Inner();")]
    [InlineData("Func<Task> inner = async () => await {|MAPPA0001:_foreign.ReadAsync()|}; await inner();")]
    [InlineData("{|MAPPA0001:await|} foreach (var t in Task.WhenEach(context.CallActivityAsync(\"A\"))) { }")]
    public Task A_task_that_the_context_did_not_hand_out_is_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Fact]
    public Task It_is_found_in_a_function_that_is_registered_and_in_no_activity() => Both.FindAsync("""
        static class Registration
        {
            public static void Register(DurableTaskRegistry r, System.Threading.Channels.ChannelReader<int> foreign) => r
                .AddActivityFunc<int, int>("A", async (_, n) => await foreign.ReadAsync())
                .AddOrchestratorFunc<int, int>("Main", async (c, n) => await {|MAPPA0001:foreign.ReadAsync()|});
        }
        """);

    [Fact]
    public Task It_is_found_in_what_an_orchestration_calls() => Both.FindInOrchestratorAsync("await Helper.ReadAsync(_foreign);", """
        static class Helper
        {
            public static async Task<int> ReadAsync(System.Threading.Channels.ChannelReader<int> foreign) => await {|MAPPA0001:foreign.ReadAsync()|};
            public static async Task<int> UnusedAsync(System.Threading.Channels.ChannelReader<int> foreign) => await foreign.ReadAsync();
        }
        """);

    [Fact]
    public Task It_is_found_in_code_that_is_given_a_context() => Both.FindAsync("""
        static class Helper
        {
            public static async Task<int> ReadAsync(this TaskOrchestrationContext context, System.Threading.Channels.ChannelReader<int> foreign) =>
                await {|MAPPA0001:foreign.ReadAsync()|};
        }
        """);

    [Theory]
    [InlineData("var a = context.CallActivityAsync<int>(\"A\"); var b = context.CallSubOrchestratorAsync<int>(\"B\"); await Task.WhenAll(a, b); var x = await a + await b;")]
    [InlineData("using var stop = new CancellationTokenSource(); await Task.WhenAny(context.CreateTimer(TimeSpan.FromDays(1), stop.Token)); stop.Cancel();")]
    [InlineData("await await Task.WhenAny(context.CallActivityAsync(\"A\"), context.CallActivityAsync(\"B\"));")]
    [InlineData("var all = new[] { context.CallActivityAsync<int>(\"A\") }.ToList(); await all.First(); all.Clear();")]
    [InlineData("await Task.FromResult(1); await Task.CompletedTask; await ValueTask.FromResult(1); await new ValueTask<int>(1).AsTask();")]
    [InlineData("foreach (var i in Enumerable.Range(0, 3)) await context.CallActivityAsync(\"A\", i);")]
    [InlineData("async Task Inner() { await context.CallActivityAsync(\"A\"); } await Inner();")]
    [InlineData("Func<Task<int>> step = () => context.CallActivityAsync<int>(\"A\"); await step();")]
    [InlineData("await using (await context.Entities.LockEntitiesAsync(new Microsoft.DurableTask.Entities.EntityInstanceId(\"a\", \"b\"))) { }")]
    [InlineData("var wakeUp = context.WaitForExternalEvent<int>(\"W\"); using var stop = new CancellationTokenSource(); await Task.WhenAny(wakeUp, context.CreateTimer(TimeSpan.FromDays(1), stop.Token)); if (wakeUp.IsCompleted) await wakeUp;")]
    public Task What_the_context_handed_out_may_be_awaited(string statement) => Both.FindInOrchestratorAsync(statement);

    [Fact]
    public Task Helpers_of_ones_own_may_be_awaited_and_may_keep_a_standing_wait() => Both.FindInOrchestratorAsync("""
        var steps = new Steps(context);
                await steps.NextAsync(TimeSpan.FromDays(1));
                await context.DoubleAsync();
                await foreach (var round in Steps.RoundsAsync(context)) { }
        """, """
        sealed class Steps(TaskOrchestrationContext context)
        {
            private Task<string>? _wakeUp;

            public async Task NextAsync(TimeSpan delay)
            {
                _wakeUp ??= context.WaitForExternalEvent<string>("WakeUp");
                using var stop = new CancellationTokenSource();
                await Task.WhenAny(_wakeUp, context.CreateTimer(delay, stop.Token));
                stop.Cancel();
                if (!_wakeUp.IsCompleted)
                    return;
                await _wakeUp;
                _wakeUp = null;
            }

            public static async IAsyncEnumerable<int> RoundsAsync(TaskOrchestrationContext context)
            {
                await context.CallActivityAsync("A");
                yield return 1;
            }
        }

        static class More
        {
            public static async Task DoubleAsync(this TaskOrchestrationContext context)
            {
                await context.CallActivityAsync("A");
                await context.CallActivityAsync("A");
            }
        }
        """);

    /// <summary>The code of another assembly is not seen: it counts as the context's if it was given the context.</summary>
    [Fact]
    public Task A_helper_of_another_assembly_may_be_awaited_if_it_is_given_the_context() => Both.FindBesideLibraryAsync("""
        sealed class Main : TaskOrchestrator<int, int>
        {
            public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
            {
                await context.DoubleAsync();
                await new Steps(context).NextAsync();
                await Microsoft.Azure.Http.CallAsync(context);
                await {|MAPPA0001:Helper.OtherAsync()|};
                return 0;
            }
        }
        """, """
        public static class Helper
        {
            public static Task DoubleAsync(this TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromDays(1), default);
            public static Task OtherAsync() => Task.CompletedTask;
        }

        namespace Microsoft.Azure
        {
            public static class Http
            {
                public static Task CallAsync(TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromDays(1), default);
            }
        }

        public sealed class Steps(TaskOrchestrationContext context)
        {
            public Task NextAsync() => context.CreateTimer(TimeSpan.FromDays(1), default);
        }
        """);

    [Fact]
    public Task Activities_and_other_code_may_await_anything() => Both.FindAsync("""
        sealed class Now : TaskActivity<int, DateTime>
        {
            public override async Task<DateTime> RunAsync(TaskActivityContext context, int input)
            {
                await Task.Delay(1).ConfigureAwait(false);
                await new CancellationTokenSource().CancelAsync();
                File.Delete("x");
                lock (this) { }
                return DateTime.UtcNow;
            }
        }
        """);
}
