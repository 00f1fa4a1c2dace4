
namespace MappaFlows.Web.Tests.Operations;

public sealed class OperationsRightsTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    public static TheoryData<string> Pages =>
        ["/operations", "/operations/some-id", "/operations/quarantined", "/operations/purge", "/operations/queued-emails", "/operations/undelivered-emails", "/operations/checkpoints", "/operations/log", "/operations/do/Terminate?target=some-id"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Operations_pages_need_the_administrator_role(string path)
    {
        using var casey = await product.SignInAsync("casey-coordinator");
        using var charlie = await product.SignInAsync("charlie-chair");
        using var lee = await product.SignInAsync("lee-lay");
        using var stranger = product.NewBrowser();

        Assert.Equal(403, (await casey.OpenAsync(path)).Status);
        Assert.Equal(403, (await charlie.OpenAsync(path)).Status);
        Assert.Equal(403, (await lee.OpenAsync(path)).Status);
        Assert.Equal(302, (await stranger.OpenAsync(path)).Status);
    }

    [Fact]
    public async Task Only_an_administrator_has_the_link()
    {
        using var casey = await product.SignInAsync("casey-coordinator");
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);

        Assert.Null((await casey.ReadAsync("/")).Document.QuerySelector("nav a[href='/operations']"));
        Assert.Equal("Operations", (await alex.ReadAsync("/")).Document.QuerySelector("nav a[href='/operations']")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_post_by_someone_else_does_nothing()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var form = await alex.ReadAsync($"/operations/do/Terminate?target={id}");
        using var casey = await product.SignInAsync("casey-coordinator");

        Assert.Equal(403, (await casey.SubmitAsync(form, ("Reason", "Not mine to do"))).Status);
        Assert.Equal(400, (await casey.SubmitAsync(form, ("Reason", "Not mine to do"), ("__form", null))).Status);
        var token = (await casey.ReadAsync("/")).ValueOf("__RequestVerificationToken");
        Assert.Equal(403, (await casey.SubmitAsync(form, ("Reason", "Not mine to do"), ("__RequestVerificationToken", token), ("__form", null))).Status);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }

    [Fact]
    public async Task A_get_of_an_act_changes_nothing_and_a_post_without_the_forms_token_is_refused()
    {
        var id = await product.QueuedAsync();
        using var alex = await product.SignInAsync(OperationsSamples.Administrator);
        var form = await alex.ReadAsync($"/operations/do/Terminate?target={id}");

        Assert.Equal(400, (await alex.SubmitAsync(form, ("Reason", "Stuck"), ("__RequestVerificationToken", null))).Status);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await product.StateAsync(id));
    }
}
