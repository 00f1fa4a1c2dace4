using MappaFlows.Functions.Orchestration;
using MappaFlows.Functions.Site;
using MappaFlows.Functions.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;

namespace MappaFlows.Functions.Tests.Telemetry;

public class RedactedExceptionTests
{
    private const string Typed = "Sam Sample of Exampleton";

    [Fact]
    public async Task A_failure_tells_its_kinds_and_its_place_and_nothing_that_was_typed()
    {
        var said = await Assert.ThrowsAsync<RedactedException>(() => RedactedException.WrapAsync(FailAsync));

        Assert.Equal("System.InvalidOperationException, caused by System.FormatException", said.Message);
        Assert.Contains(nameof(FailAsync), said.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, said.ToString(), StringComparison.Ordinal);
        Assert.Null(said.InnerException);
    }

    [Fact]
    public async Task A_cancellation_stays_one() =>
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => RedactedException.WrapAsync(() => Task.FromCanceled(new CancellationToken(true))));

    [Fact]
    public async Task What_is_done_is_handed_on() => Assert.Equal(7, await RedactedException.WrapAsync(() => Task.FromResult(7)));

    [Fact]
    public async Task Activity_failure_message_is_redacted_in_history()
    {
        var registry = new DurableTaskRegistry().AddActivityFunc<string, string>("Fail", (_, _) => FailAsync());
        var functions = new DurableFunctions(registry, Options.Create(new DurableTaskWorkerOptions()), new DurableClientHolder());
        var called = new Mock<FunctionContext>();
        called.SetupGet(context => context.FunctionDefinition).Returns(Mock.Of<FunctionDefinition>(definition => definition.Name == "Fail"));
        called.SetupGet(context => context.InstanceServices).Returns(new ServiceCollection().BuildServiceProvider());

        await Assert.ThrowsAsync<RedactedException>(
            () => functions.RunActivityAsync("input", "instance", new Mock<DurableTaskClient>("").Object, called.Object));
    }

    [Fact]
    public async Task A_request_whose_error_page_fails_too_ends_without_words()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var site = new SiteFunction(new InnerPipeline(services, app => app.Run(async _ => await FailAsync())), new DurableClientHolder());

        await Assert.ThrowsAsync<RedactedException>(
            () => site.RunAsync(new DefaultHttpContext().Request, new Mock<DurableTaskClient>("").Object));
    }

    private static async Task<string> FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException(Typed, new FormatException(Typed));
    }
}
