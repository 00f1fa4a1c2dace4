namespace MappaFlows.DurableTask.Analyzers.Tests;

/// <summary>What Microsoft's rules forbid, in the places where they do not look.</summary>
public sealed class UnseenPlacesTests
{
    [Theory]
    [InlineData("var x = Helper.Today;", "static class Helper { public static DateTime Today => {|MAPPA0009:DateTime.Today|}; }")]
    [InlineData("var x = new Helper();", "class Helper { public Helper() { At = {|MAPPA0009:DateTime.Now|}; } public DateTime At { get; } }")]
    [InlineData("var x = new Helper();", "class Helper { public DateTime At { get; } = {|MAPPA0009:DateTime.Now|}; }")]
    [InlineData("var x = new Helper(1);", "class Helper(int n) { public long At = {|MAPPA0009:DateTime.Now|}.Ticks + n; }")]
    [InlineData("Func<DateTime> x = Helper.One;", "static class Helper { public static DateTime One() => {|MAPPA0009:DateTime.UtcNow|}; }")]
    [InlineData("var x = Helper.Client;", "static class Helper { public static object Client => {|MAPPA0009:new HttpClient()|}; }")]
    [InlineData("var x = new[] { 1 }.Select(_ => Helper.Id).ToList();", "static class Helper { public static Guid Id => {|MAPPA0009:Guid.NewGuid()|}; }")]
    [InlineData("Func<Guid> x = {|MAPPA0009:Guid.NewGuid|};", "")]
    public Task Properties_constructors_initialisers_and_method_groups_are_followed(string statement, string helper) =>
        Both.FindInOrchestratorAsync(statement, helper);

    [Fact]
    public Task Code_that_is_given_a_context_is_looked_at_although_nothing_here_calls_it() => Both.FindAsync("""
        static class Helper
        {
            public static DateTime Due(this TaskOrchestrationContext context) => {|MAPPA0009:DateTime.Now|};
            public static async Task DelayAsync(TaskOrchestrationContext context) { await {|MAPPA0009:Task.Delay(1)|}; }
        }
        """);

    [Fact]
    public Task What_both_ways_reach_is_found_once() => Both.FindInOrchestratorAsync("var x = Helper.One() + Helper.Two;", """
        static class Helper
        {
            public static TimeSpan Two => One();
            public static TimeSpan One() => {|DURABLE0001:DateTime.Now|}.TimeOfDay;
        }
        """);

    [Fact]
    public Task A_local_function_beside_the_orchestration_is_followed() => Both.FindAsync("""
        static class Registration
        {
            public static void Register(DurableTaskRegistry r)
            {
                r.AddOrchestratorFunc<int, DateTime>("Main", (_, _) => Task.FromResult(Now()));
                static DateTime Now() => {|MAPPA0009:DateTime.Now|};
                static DateTime Unused() => DateTime.Now;
                if (Unused() > DateTime.Now) return;
            }
        }
        """);

    [Fact]
    public Task A_held_logger_in_a_property_is_found() => Both.FindInOrchestratorAsync("var x = new Helper(null!).Logged;", """
        sealed class Helper(ILogger logger)
        {
            private readonly ILogger _logger = logger;
            public int Logged { get { {|MAPPA0009:_logger.LogInformation("x")|}; return 1; } }
        }
        """);

    /// <summary>
    /// Of two lambdas without a literal for a name, Microsoft's rules see the one that is called first: that is the last of a chain.
    /// </summary>
    [Fact]
    public Task A_lambda_whose_name_is_no_literal_is_looked_at() => Both.FindAsync("""
        static class Registration
        {
            public static void Register(DurableTaskRegistry r) => r
                .AddOrchestratorFunc<int, DateTime>(nameof(String), (_, _) => Task.FromResult({|MAPPA0009:DateTime.Now|}))
                .AddOrchestratorFunc<int, DateTime>(nameof(Int32), (_, _) => Task.FromResult({|DURABLE0001:DateTime.Now|}))
                .AddOrchestratorFunc<int, DateTime>("Main", (_, _) => Task.FromResult({|DURABLE0001:DateTime.Now|}));
        }
        """);

    [Fact]
    public Task An_override_of_a_step_is_looked_at() => Both.FindAsync("""
        abstract class Base : TaskOrchestrator<int, int>
        {
            public override Task<int> RunAsync(TaskOrchestrationContext context, int input) => Task.FromResult(Step());
            protected abstract int Step();
        }

        sealed class Main : Base
        {
            protected override int Step() => {|MAPPA0009:DateTime.Now|}.Day;
        }
        """);

    [Fact]
    public Task An_orchestrator_that_is_a_record_is_looked_at() => Both.FindAsync("""
        sealed record Main : ITaskOrchestrator
        {
            public Type InputType => typeof(int);
            public Type OutputType => typeof(int);
            public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult<object?>({|MAPPA0009:DateTime.Now|});
        }
        """);

    [Fact]
    public Task A_function_that_is_held_before_it_is_registered_is_looked_at() => Both.FindAsync("""
        static class Registration
        {
            public static void Register(DurableTaskRegistry r)
            {
                Func<TaskOrchestrationContext, int, Task<DateTime>> held = (_, _) => Task.FromResult({|MAPPA0009:DateTime.Now|});
                r.AddOrchestratorFunc<int, DateTime>("Main", held);
            }
        }
        """);
}
