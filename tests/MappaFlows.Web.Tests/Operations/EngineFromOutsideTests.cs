using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MappaFlows.Web.Tests.Operations;

/// <summary>On a host whose engine can be asked only as a client asks it, as on Azure.</summary>
public sealed class EngineFromOutsideTests(EngineFromOutsideTests.Host host) : IClassFixture<EngineFromOutsideTests.Host>
{
    private ProductFactory Product => host.Product;

    [Fact]
    public async Task The_pages_show_what_can_be_known_and_say_what_cannot()
    {
        var id = await Product.QueuedAsync();
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var list = await alex.ReadAsync($"/operations?id={id}");
        var instance = await alex.ReadAsync($"/operations/{id}");
        var parked = await alex.ReadAsync("/operations/quarantined");

        Assert.Contains(id, list.Text);
        Assert.Contains("from the outside only", list.Text);
        Assert.DoesNotContain("Waits for", list.Text);
        Assert.Contains(nameof(RemindCoordinator), instance.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Null(instance.Document.QuerySelector("#history"));
        Assert.Contains("keeps its own list", parked.Text);
    }

    [Fact]
    public async Task What_a_client_can_do_is_done_and_what_it_cannot_is_not_offered()
    {
        var id = await Product.QueuedAsync();
        using var alex = await Product.SignInAsync(OperationsSamples.Administrator);

        var ended = await alex.FollowAsync(await alex.ConfirmAsync($"/operations/do/Terminate?target={id}", "Stuck"));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await Product.StateAsync(id));
        Assert.Equal(["Remove"], ended.Document.QuerySelectorAll("#acts a").Select(link => link.TextContent.Trim()));
        Assert.Equal(409, (await alex.OpenAsync($"/operations/do/Retry?target={id}")).Status);
        Assert.Equal(404, (await alex.OpenAsync("/operations/do/RetryQuarantined?target=a")).Status);
    }

    public sealed class Host : IAsyncLifetime
    {
        public ProductFactory Product { get; } = new() { Replace = services => services.RemoveAll<IEngineOperations>() };

        public ValueTask InitializeAsync() => Product.InitializeAsync();

        public ValueTask DisposeAsync() => Product.DisposeAsync();
    }
}
