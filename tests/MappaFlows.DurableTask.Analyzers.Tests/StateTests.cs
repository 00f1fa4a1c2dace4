namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class StateTests
{
    [Theory]
    [InlineData("static int Counter;", "{|MAPPA0004:Counter|}++;")]
    [InlineData("static int Counter;", "Interlocked.Increment(ref {|MAPPA0004:Counter|});")]
    [InlineData("static Task Wait = Task.CompletedTask;", "await {|MAPPA0004:Wait|};")]
    [InlineData("static int Counter { get; set; }", "{|MAPPA0004:Counter|} = 1;")]
    [InlineData("int _counter;", "{|MAPPA0004:_counter|} += input;")]
    [InlineData("int _counter = 1;", "if ({|MAPPA0004:_counter|} > 0) return 0;")]
    [InlineData("public int Counter { get; set; }", "{|MAPPA0004:Counter|}++;")]
    [InlineData("static readonly List<int> Seen = new();", "{|MAPPA0004:Seen.Add(input)|};")]
    [InlineData("static readonly Dictionary<int, int> Seen = new();", "{|MAPPA0004:Seen[input]|} = 1;")]
    [InlineData("static readonly Dictionary<int, int> Seen = new();", "{|MAPPA0004:Seen[input]|}++;")]
    [InlineData("readonly ConcurrentDictionary<int, int> _seen = new();", "{|MAPPA0004:_seen.GetOrAdd(input, 1)|};")]
    public Task What_is_kept_outside_the_history_is_found(string member, string statement) =>
        Both.FindAsync(Orchestrator(member, statement));

    [Theory]
    [InlineData("const int Limit = 1;", "if (input > Limit) return 0;")]
    [InlineData("static readonly TimeSpan Delay = TimeSpan.FromDays(1);", "await context.CreateTimer(Delay, CancellationToken.None);")]
    [InlineData("readonly int _limit = 1;", "if (input > _limit) return 0;")]
    [InlineData("int Limit { get; } = 1;", "if (input > Limit) return 0;")]
    [InlineData("int Limit { get; init; } = 1;", "if (input > Limit) return 0;")]
    [InlineData("static int Limit => 1;", "if (input > Limit) return 0;")]
    [InlineData("static readonly Dictionary<int, int> Names = new() { [1] = 2 };", "var x = Names[input]; if (Names.ContainsKey(2)) return 0;")]
    [InlineData("static int Counter;", "await context.CallActivityAsync(nameof(Counter));")]
    [InlineData("", "var seen = new List<int>(); seen.Add(input); seen[0] = 1;")]
    [InlineData("", "var counter = new Counter(); counter.Value++; counter.Total = 2;")]
    public Task What_no_replay_changes_passes(string member, string statement) => Both.FindAsync(Orchestrator(member, statement));

    [Fact]
    public Task It_is_found_in_what_an_orchestration_calls_and_nowhere_else() => Both.FindAsync("""
        static class Registration
        {
            static int _count;
            public static void Register(DurableTaskRegistry r) { _count++; r.AddOrchestratorFunc<int, int>("Main", (_, n) => Task.FromResult({|MAPPA0004:_count|} + Next(n))); }
            static int Next(int n) => n + {|MAPPA0004:_count|};
            static int Unused(int n) => n + _count;
        }
        """);

    [Fact]
    public Task An_orchestrator_with_a_dependency_is_found() => Both.FindAsync("""
        sealed class Main(Dictionary<int, string> {|MAPPA0004:names|}) : TaskOrchestrator<int, string>
        {
            public override Task<string> RunAsync(TaskOrchestrationContext context, int input) => Task.FromResult(names[input]);
        }
        """);

    /// <summary>DURABLE0007 looks at the parameters of Functions only.</summary>
    [Fact]
    public Task A_cancellation_token_for_input_is_found() => Both.FindAsync("""
        sealed class {|MAPPA0004:Main|} : TaskOrchestrator<CancellationToken, int>
        {
            public override Task<int> RunAsync(TaskOrchestrationContext context, CancellationToken input) => Task.FromResult(0);
        }
        """);

    private static string Orchestrator(string member, string statement) => $$"""
        sealed class Main : TaskOrchestrator<int, int>
        {
            {{member}}
            public override async Task<int> RunAsync(TaskOrchestrationContext context, int input)
            {
                {{statement}}
                await context.CallActivityAsync("Last");
                return 0;
            }
        }
        sealed class Counter { public int Value; public int Total { get; set; } }
        """;
}
