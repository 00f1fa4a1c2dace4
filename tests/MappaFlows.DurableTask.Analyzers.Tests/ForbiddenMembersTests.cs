namespace MappaFlows.DurableTask.Analyzers.Tests;

/// <summary>Members that Microsoft's rules do not know.</summary>
public sealed class ForbiddenMembersTests
{
    [Theory]
    [InlineData("var x = {|MAPPA0005:System.Diagnostics.Stopwatch.StartNew()|};")]
    [InlineData("var x = {|MAPPA0005:Environment.TickCount64|};")]
    [InlineData("var x = {|MAPPA0005:Guid.CreateVersion7()|};")]
    [InlineData("var x = {|MAPPA0005:{|MAPPA0005:Random.Shared|}.Next()|};")]
    [InlineData("var x = {|MAPPA0005:new Random()|};")]
    [InlineData("var x = {|MAPPA0005:System.Security.Cryptography.RandomNumberGenerator.GetInt32(2)|};")]
    [InlineData("var x = {|MAPPA0005:Path.GetRandomFileName()|};")]
    public Task Clocks_and_random_values_are_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Theory]
    [InlineData("{|MAPPA0006:context.CallActivityAsync(\"A\").Wait()|};")]
    [InlineData("{|MAPPA0006:Task.WaitAll(context.CallActivityAsync(\"A\"))|};")]
    [InlineData("var x = {|MAPPA0006:context.CallActivityAsync<int>(\"A\").Result|};")]
    [InlineData("var x = {|MAPPA0006:context.CallActivityAsync<int>(\"A\").GetAwaiter().GetResult()|};")]
    [InlineData("await {|MAPPA0006:context.CallActivityAsync(\"A\").WaitAsync(TimeSpan.FromDays(1))|};")]
    [InlineData("await {|MAPPA0006:Task.Yield()|};")]
    [InlineData("{|MAPPA0006:new CancellationTokenSource().CancelAfter(1)|};")]
    [InlineData("{|MAPPA0006:lock|} (this) { }")]
    [InlineData("{|MAPPA0006:new ManualResetEvent(false).WaitOne()|};")]
    [InlineData("await {|MAPPA0006:{|MAPPA0006:new SemaphoreSlim(1)|}.WaitAsync()|};")]
    [InlineData("{|MAPPA0006:Parallel.For(0, 1, _ => { })|};")]
    [InlineData("{|MAPPA0006:ThreadPool.QueueUserWorkItem(_ => { })|};")]
    [InlineData("using var x = {|MAPPA0006:new Timer(_ => { })|};")]
    public Task Threads_and_blocking_calls_are_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Theory]
    [InlineData("{|MAPPA0007:File.ReadAllText(\"x\")|};")]
    [InlineData("await {|MAPPA0007:File.ReadAllTextAsync(\"x\")|};")]
    [InlineData("{|MAPPA0007:Console.WriteLine()|};")]
    [InlineData("{|MAPPA0007:System.Net.Dns.GetHostName()|};")]
    [InlineData("var x = {|MAPPA0007:TimeZoneInfo.Local|};")]
    [InlineData("var x = {|MAPPA0007:System.Globalization.CultureInfo.CurrentCulture|};")]
    [InlineData("var x = {|MAPPA0007:Environment.MachineName|};")]
    [InlineData("var x = {|MAPPA0007:AppContext.BaseDirectory|};")]
    [InlineData("var x = {|MAPPA0007:new Azure.Data.Tables.TableTransactionAction(default, null)|};")]
    public Task Input_output_and_settings_are_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Theory]
    [InlineData("var x = context.CurrentUtcDateTime.AddDays(1); var y = context.NewGuid();")]
    [InlineData("var x = Path.Combine(\"a\", \"b\") + Environment.NewLine;")]
    [InlineData("context.CreateReplaySafeLogger(\"x\").LogInformation(\"x\");")]
    [InlineData("var x = new DateTime(2026, 1, 1) + TimeSpan.FromDays(1); var y = Guid.Parse(\"\"); var z = Guid.Empty;")]
    [InlineData("var x = System.Globalization.CultureInfo.InvariantCulture; var y = TimeZoneInfo.Utc;")]
    public Task What_is_the_same_in_each_replay_passes(string statement) => Both.FindInOrchestratorAsync(statement);
}
