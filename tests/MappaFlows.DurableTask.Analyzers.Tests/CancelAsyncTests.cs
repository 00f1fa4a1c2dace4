namespace MappaFlows.DurableTask.Analyzers.Tests;

public sealed class CancelAsyncTests
{
    [Theory]
    [InlineData("using var stop = new CancellationTokenSource(); await {|MAPPA0003:stop.CancelAsync()|};")]
    [InlineData("using var stop = new CancellationTokenSource(); _ = {|MAPPA0003:stop.CancelAsync()|};")]
    [InlineData("using var stop = new CancellationTokenSource(); Func<Task> cancel = {|MAPPA0003:stop.CancelAsync|};")]
    public Task It_is_found(string statement) => Both.FindInOrchestratorAsync(statement);

    [Fact]
    public Task Cancel_passes() => Both.FindInOrchestratorAsync("using var stop = new CancellationTokenSource(); stop.Cancel();");
}
