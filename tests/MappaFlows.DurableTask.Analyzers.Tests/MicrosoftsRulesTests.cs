namespace MappaFlows.DurableTask.Analyzers.Tests;

/// <summary>What our rules no longer find, because Microsoft's do: in each place where orchestrations stand.</summary>
public sealed class MicrosoftsRulesTests
{
    [Theory]
    [InlineData("var x = {|DURABLE0001:DateTime.Now|};")]
    [InlineData("var x = {|DURABLE0001:DateTime.UtcNow|};")]
    [InlineData("var x = {|DURABLE0001:DateTime.Today|};")]
    [InlineData("var x = {|DURABLE0001:DateTimeOffset.Now|};")]
    [InlineData("var x = {|DURABLE0001:DateTimeOffset.UtcNow|};")]
    [InlineData("var x = {|DURABLE0001:TimeProvider.System.GetUtcNow()|};")]
    [InlineData("var x = {|DURABLE0001:TimeProvider.System.GetLocalNow()|};")]
    [InlineData("var x = {|DURABLE0001:TimeProvider.System.GetTimestamp()|};")]
    [InlineData("var x = {|DURABLE0002:Guid.NewGuid()|};")]
    [InlineData("await {|DURABLE0003:Task.Delay(1)|};")]
    [InlineData("{|DURABLE0003:Thread.Sleep(1)|};")]
    [InlineData("await {|DURABLE0004:Task.Run(() => 1)|};")]
    [InlineData("{|DURABLE0004:new Thread(() => { }).Start()|};")]
    [InlineData("{|DURABLE0004:Task.Factory.StartNew(() => { })|};")]
    [InlineData("var x = {|DURABLE0004:context.CallActivityAsync(\"A\").ContinueWith(_ => 1)|};")]
    [InlineData("await {|DURABLE0005:new HttpClient()|}.GetAsync(\"x\");")]
    [InlineData("{|DURABLE0005:new Azure.Data.Tables.TableClient(\"x\", \"y\")|}.Create();")]
    [InlineData("var x = {|DURABLE0006:Environment.GetEnvironmentVariable(\"X\")|};")]
    [InlineData("var x = {|DURABLE0006:Environment.GetEnvironmentVariables()|};")]
    [InlineData("var x = {|DURABLE0006:Environment.ExpandEnvironmentVariables(\"%X%\")|};")]
    [InlineData("{|DURABLE0010:_logger|}.LogInformation(\"x\");")]
    [InlineData("{|DURABLE0011:while|} (true) { await context.CallActivityAsync(\"A\"); }")]
    public Task They_are_found_in_an_orchestrator(string statement) => Both.FindInOrchestratorAsync(statement);

    [Fact]
    public Task They_are_found_in_a_function_that_is_registered() => Both.FindAsync("""
        static class Registration
        {
            public static void Register(DurableTaskRegistry r, string name) => r
                .AddActivityFunc<int, DateTime>("Now", async (_, n) => { await Task.Delay(n); return DateTime.UtcNow; })
                .AddOrchestratorFunc<int, Guid>("Main", async (c, n) =>
                {
                    var ids = new[] { 1, 2 }.Select(_ => {|DURABLE0002:Guid.NewGuid()|}).ToList();
                    await c.CallActivityAsync("Now", n);
                    return ids[0];
                })
                .AddOrchestratorFunc<int, DateTime>("Other", Other);

            static Task<DateTime> Other(TaskOrchestrationContext context, int input) => Task.FromResult({|DURABLE0001:DateTime.Now|});
        }
        """);

    [Fact]
    public Task They_are_found_in_an_orchestrator_of_a_Functions_app() => Both.FindBesideLibraryAsync("""
        static class App
        {
            [Microsoft.Azure.Functions.Worker.Function("Main")]
            public static async Task<DateTime> Main([Microsoft.Azure.Functions.Worker.OrchestrationTrigger] TaskOrchestrationContext context)
            {
                await {|DURABLE0003:Task.Delay(1)|};
                return {|DURABLE0001:DateTime.Now|};
            }
        }
        """, """
        namespace Microsoft.Azure.Functions.Worker
        {
            [AttributeUsage(AttributeTargets.Method)] public sealed class FunctionAttribute(string name) : Attribute { public string Name => name; }
            [AttributeUsage(AttributeTargets.Parameter)] public sealed class OrchestrationTriggerAttribute : Attribute;
        }
        """);

    [Fact]
    public Task They_are_found_in_the_methods_that_an_orchestration_calls_however_far_away() => Both.FindInOrchestratorAsync(
        """
        var x = Helper.One();
                Helper.Log({|DURABLE0010:_logger|});
                async Task<DateTime> Inner(TaskOrchestrationContext c) { await c.CallActivityAsync("A"); return {|DURABLE0001:DateTime.Now|}; }
                await Inner(context);
                DateTime Now() => new[] { {|DURABLE0001:DateTime.Now|} }.Max(_ => Helper.Four());
                var y = Now();
        """,
        """
        static class Helper
        {
            public static DateTime Four() => {|DURABLE0001:DateTime.Today|};
            public static DateTime One() => Two<int>();
            static DateTime Two<T>() => 1.Three();
            static DateTime Three(this int n) => {|DURABLE0001:DateTime.UtcNow|}.AddDays(n);
            public static void Log(ILogger logger) => {|DURABLE0010:logger|}.LogInformation("x");
            public static DateTime Unused() => DateTime.UtcNow;
        }
        """);
}
