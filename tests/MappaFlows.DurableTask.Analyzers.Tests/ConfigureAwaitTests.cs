namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class ConfigureAwaitTests
{
    [Theory]
    [InlineData("await {|MAPPA0002:context.CallActivityAsync(\"A\").ConfigureAwait(false)|};")]
    [InlineData("var x = await {|MAPPA0002:context.CallActivityAsync<int>(\"A\").ConfigureAwait(false)|};")]
    [InlineData("await {|MAPPA0002:context.CallActivityAsync(\"A\").ConfigureAwait(input > 1)|};")]
    [InlineData("await {|MAPPA0002:context.CallActivityAsync(\"A\").ConfigureAwait(ConfigureAwaitOptions.None)|};")]
    [InlineData("await {|MAPPA0002:context.CallActivityAsync(\"A\").ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding)|};")]
    [InlineData("await {|MAPPA0002:new ValueTask(context.CallActivityAsync(\"A\")).ConfigureAwait(false)|};")]
    public Task An_await_that_may_leave_the_thread_is_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Theory]
    [InlineData("await context.CallActivityAsync(\"A\").ConfigureAwait(true);")]
    [InlineData("await context.CallActivityAsync(\"A\").ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext);")]
    public Task An_await_that_stays_on_its_thread_passes(string statement) => Both.FindInOrchestratorAsync(statement);
}
