using System.Collections.Immutable;
using MappaFlows.Durable.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MappaFlows.Durable.Tests;

/// <summary>The build fails where an orchestration does what cannot be replayed, and nowhere else.</summary>
public sealed class AnalyzerTests
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.Length > 0)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("var x = DateTime.UtcNow;", "MFD0001")]
    [InlineData("var x = DateTimeOffset.Now;", "MFD0001")]
    [InlineData("var x = TimeProvider.System.GetUtcNow();", "MFD0001")]
    [InlineData("var x = System.Diagnostics.Stopwatch.StartNew();", "MFD0001")]
    [InlineData("var x = Environment.TickCount64;", "MFD0001")]
    [InlineData("var x = Guid.NewGuid();", "MFD0002")]
    [InlineData("var x = Random.Shared.Next();", "MFD0002")]
    [InlineData("var x = new Random();", "MFD0002")]
    [InlineData("await Task.Delay(1);", "MFD0003")]
    [InlineData("await Task.Run(() => 1);", "MFD0003")]
    [InlineData("Thread.Sleep(1);", "MFD0003")]
    [InlineData("new Thread(() => { }).Start();", "MFD0003")]
    [InlineData("context.CallActivityAsync(\"A\").Wait();", "MFD0003")]
    [InlineData("var x = context.CallActivityAsync<int>(\"A\").Result;", "MFD0003")]
    [InlineData("var x = context.CallActivityAsync<int>(\"A\").GetAwaiter().GetResult();", "MFD0003")]
    [InlineData("new CancellationTokenSource().CancelAfter(1);", "MFD0003")]
    [InlineData("Task.Factory.StartNew(() => { });", "MFD0003")]
    [InlineData("File.ReadAllText(\"x\");", "MFD0004")]
    [InlineData("await new HttpClient().GetAsync(\"x\");", "MFD0004")]
    [InlineData("Console.WriteLine();", "MFD0004")]
    [InlineData("var x = Environment.GetEnvironmentVariable(\"X\");", "MFD0005")]
    [InlineData("var x = TimeZoneInfo.Local;", "MFD0005")]
    [InlineData("await context.CallActivityAsync(\"A\").ConfigureAwait(false);", "MFD0006")]
    [InlineData("Counter++;", "MFD0007")]
    [InlineData("_logger.LogInformation(\"x\");", "MFD0008")]
    [InlineData("while (true) { await context.CallActivityAsync(\"A\"); }", "MFD0009")]
    [InlineData("for (;;) { await context.CallActivityAsync(\"A\"); }", "MFD0009")]
    [InlineData("await _foreign.ReadAsync();", "MFD0010")]
    [InlineData("var read = _foreign.ReadAsync(); await read;", "MFD0010")]
    [InlineData("await foreach (var x in _foreign.ReadAllAsync()) { }", "MFD0010")]
    [InlineData("await using var x = (IAsyncDisposable)(object)input;", "MFD0010")]
    [InlineData("lock (this) { }", "MFD0003")]
    [InlineData("new ManualResetEvent(false).WaitOne();", "MFD0003")]
    [InlineData("var x = context.CallActivityAsync(\"A\").ContinueWith(_ => 1);", "MFD0003")]
    [InlineData("var x = Environment.ExpandEnvironmentVariables(\"%X%\");", "MFD0005")]
    [InlineData("var store = (MappaFlows.Tables.ITableStore)(object)input; await store.GetAsync(\"t\", \"p\", \"r\");", "MFD0004")]
    [InlineData("await new CancellationTokenSource().CancelAsync();", "MFD0011")]
    public async Task What_cannot_be_replayed_is_an_error_in_an_orchestrator(string statement, string rule)
    {
        Assert.Contains(rule, await RulesBrokenAsync(InOrchestrator(statement)));
    }

    [Theory]
    [InlineData("var x = context.CurrentUtcDateTime.AddDays(1);")]
    [InlineData("var x = context.NewGuid();")]
    [InlineData("await Task.WhenAll(context.CallActivityAsync(\"A\"), context.CallActivityAsync(\"B\"));")]
    [InlineData("using var stop = new CancellationTokenSource(); await Task.WhenAny(context.CreateTimer(TimeSpan.FromDays(1), stop.Token)); stop.Cancel();")]
    [InlineData("context.CreateReplaySafeLogger(\"x\").LogInformation(\"x\");")]
    [InlineData("while (true) { await context.CallActivityAsync(\"A\"); if (input > 1) { context.ContinueAsNew(1); return 0; } }")]
    [InlineData("var x = Path.Combine(\"a\", \"b\") + Environment.NewLine;")]
    [InlineData("foreach (var i in Enumerable.Range(0, 3)) await context.CallActivityAsync(\"A\", i);")]
    [InlineData("var all = new[] { context.CallActivityAsync<int>(\"A\") }.ToList(); await all.First(); await Task.FromResult(1);")]
    [InlineData("async Task Inner() { await context.CallActivityAsync(\"A\"); } await Inner();")]
    public async Task What_can_be_replayed_passes(string statement)
    {
        Assert.Empty(await RulesBrokenAsync(InOrchestrator(statement)));
    }

    [Fact]
    public async Task A_method_that_an_orchestration_calls_is_held_to_the_same_however_far_away()
    {
        Assert.Equal(["MFD0001"], await RulesBrokenAsync(InOrchestrator("var x = Helper.One();") + """
            static class Helper
            {
                public static DateTime One() => Two();
                static DateTime Two() => DateTime.UtcNow;
                public static DateTime Unused() => DateTime.UtcNow;
            }
            """));
    }

    [Theory]
    [InlineData("var x = Helper.Today;", "static class Helper { public static DateTime Today => DateTime.Today; }")]
    [InlineData("var x = new Helper();", "class Helper { public Helper() { At = DateTime.Now; } public DateTime At { get; } }")]
    [InlineData("var x = new Helper();", "class Helper { public DateTime At { get; } = DateTime.Now; }")]
    [InlineData("var x = new Helper(1);", "class Helper(int n) { public long At = DateTime.Now.Ticks + n; }")]
    [InlineData("Func<DateTime> x = Helper.One;", "static class Helper { public static DateTime One() => DateTime.UtcNow; }")]
    [InlineData("var x = Helper.One<int>();", "static class Helper { public static DateTime One<T>() => DateTime.UtcNow; }")]
    [InlineData("var x = 1.Due();", "static class Helper { public static DateTime Due(this int n) => DateTime.UtcNow.AddDays(n); }")]
    public async Task Properties_constructors_and_initialisers_are_followed_too(string statement, string helper)
    {
        Assert.Equal(["MFD0001"], await RulesBrokenAsync(InOrchestrator(statement) + helper));
    }

    [Fact]
    public async Task A_cancellation_token_is_no_input()
    {
        Assert.Equal(["MFD0007"], await RulesBrokenAsync("""
            sealed class Main : TaskOrchestrator<CancellationToken, int>
            {
                public override Task<int> RunAsync(IOrchestrationContext context, CancellationToken input) => Task.FromResult(0);
            }
            """));
    }

    [Fact]
    public void Every_rule_is_an_error()
    {
        var rules = new OrchestrationAnalyzer().SupportedDiagnostics;
        Assert.Equal(Enumerable.Range(1, 11).Select(n => $"MFD{n:D4}"), rules.Select(r => r.Id));
        Assert.All(rules, r => Assert.True(r is { DefaultSeverity: DiagnosticSeverity.Error, IsEnabledByDefault: true }));
    }

    [Fact]
    public async Task A_lambda_that_is_given_a_context_is_an_orchestration_and_an_activitys_is_not()
    {
        Assert.Equal(["MFD0002"], await RulesBrokenAsync("""
            static class Registration
            {
                public static void Register(DurableTaskRegistry r) => r
                    .AddActivityFunc<int, DateTime>("Now", async (_, n) => { await Task.Delay(n); return DateTime.UtcNow; })
                    .AddOrchestratorFunc<int, Guid>("Main", async (c, n) =>
                    {
                        var ids = new[] { 1, 2 }.Select(_ => Guid.NewGuid()).ToList();
                        await c.CallActivityAsync("Now", n);
                        return ids[0];
                    });
            }
            """));
    }

    [Fact]
    public async Task A_helper_that_takes_a_context_is_an_orchestration()
    {
        Assert.Equal(["MFD0001"], await RulesBrokenAsync(
            "static class Helper { public static DateTime Due(this IOrchestrationContext context) => DateTime.Now; }"));
    }

    [Fact]
    public async Task An_orchestrator_with_a_dependency_is_refused()
    {
        Assert.Equal(["MFD0007"], await RulesBrokenAsync("""
            sealed class Main(HttpClient client) : TaskOrchestrator<int, string>
            {
                public override Task<string> RunAsync(IOrchestrationContext context, int input) => Task.FromResult(client.GetHashCode() + "");
            }
            """));
    }

    [Fact]
    public async Task Ordinary_code_may_do_all_that()
    {
        Assert.Empty(await RulesBrokenAsync("""
            sealed class Now : TaskActivity<int, DateTime>
            {
                public override async Task<DateTime> RunAsync(TaskActivityContext context, int input)
                {
                    await Task.Delay(1).ConfigureAwait(false);
                    File.Delete("x");
                    return DateTime.UtcNow;
                }
            }
            """));
    }

    private static string InOrchestrator(string statement) => $$"""
        sealed class Main : TaskOrchestrator<int, int>
        {
            static int Counter;
            readonly ILogger _logger = null!;
            readonly System.Threading.Channels.ChannelReader<int> _foreign = null!;
            public override async Task<int> RunAsync(IOrchestrationContext context, int input)
            {
                {{statement}}
                await context.CallActivityAsync("Last");
                return 0;
            }
        }
        """;

    private static async Task<List<string>> RulesBrokenAsync(string code)
    {
        const string usings = """
            using System; using System.IO; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks;
            using MappaFlows.Durable; using Microsoft.Extensions.Logging;

            """;
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(usings + code)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors is [], string.Join(Environment.NewLine, errors));
        var broken = await compilation.WithAnalyzers([new OrchestrationAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. broken.Select(d => d.Id).Distinct().Order()];
    }
}
