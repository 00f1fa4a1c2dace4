namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class EndlessLoopTests
{
    [Theory]
    [InlineData("{|MAPPA0008:for|} (;;) { await context.CallActivityAsync(\"A\"); }")]
    [InlineData("{|MAPPA0008:do|} { await context.CallActivityAsync(\"A\"); } while (true);")]
    [InlineData("{|MAPPA0008:while|} (1 == 1) { await context.CallActivityAsync(\"A\"); }")]
    [InlineData("{|MAPPA0008:while|} (true) { await context.TwiceAsync(); }")]
    [InlineData("{|MAPPA0008:while|} (true) { await context.CallActivityAsync(\"A\"); context.ContinueAsNew(1); }")]
    [InlineData("{|MAPPA0008:for|} (;;) { await context.CallActivityAsync(\"A\"); switch (input) { case 1: break; } }")]
    [InlineData("{|MAPPA0008:for|} (;;) { Func<int> one = () => { return 1; }; await context.CallActivityAsync(\"A\", one()); }")]
    public Task A_loop_that_DURABLE0011_does_not_know_is_found(string loop) => FindAsync(loop);

    [Theory]
    [InlineData("while (true) { await context.CallActivityAsync(\"A\"); if (input > 1) { context.ContinueAsNew(1); return 0; } }")]
    [InlineData("for (;;) { await context.CallActivityAsync(\"A\"); if (input > 1) break; }")]
    [InlineData("while (true) { await context.TwiceAsync(); if (input > 1) return 0; }")]
    [InlineData("while (true) { await context.TwiceAsync(); throw new InvalidOperationException(); }")]
    [InlineData("for (var i = 0; i < 3; i++) await context.CallActivityAsync(\"A\");")]
    [InlineData("foreach (var i in new[] { 1 }) await context.CallActivityAsync(\"A\");")]
    public Task A_loop_that_ends_passes(string loop) => FindAsync(loop);

    /// <summary>
    /// Microsoft's rule is the stricter here: a loop that is left by <c>break</c> or <c>return</c> is one that needs ContinueAsNew.
    /// </summary>
    [Fact]
    public Task DURABLE0011_finds_a_loop_that_ends_too() =>
        FindAsync("{|DURABLE0011:while|} (true) { await context.CallActivityAsync(\"A\"); if (input > 1) break; }");

    private static Task FindAsync(string loop) => Both.FindAsync($$"""
        sealed class Main : TaskOrchestrator<int, int>
        {
            public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
            {
                {{loop}}
        #pragma warning disable CS0162 // Not reached, where the loop never ends.
                return 0;
            }
        }
        static class Helper
        {
            public static async Task TwiceAsync(this TaskOrchestrationContext context) { await context.CallActivityAsync("A"); await context.CallActivityAsync("A"); }
        }
        """);
}
