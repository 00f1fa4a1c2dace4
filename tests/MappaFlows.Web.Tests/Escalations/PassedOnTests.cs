using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Escalations;

/// <summary>What was passed on, on the start page, in the case and on its own page.</summary>
public sealed class PassedOnTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task The_Chair_finds_what_was_passed_on_reminds_the_owner_and_notes_what_was_done()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await product.MoveAsync(TimeSpan.FromDays(45));
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var path = $"{state.Path}/passed-on/HoldMeeting-1";

        var start = await chair.ReadAsync("/");
        Assert.Contains("Passed on to you", start.Text);
        Assert.NotNull(start.Document.QuerySelector($"a[href='{path}']"));
        Assert.DoesNotContain("Nothing waits", start.Text);
        Assert.NotNull((await chair.ReadAsync(state.Path)).Document.QuerySelector($"#actions a[href='{path}']"));
        Assert.Equal(403, (await casey.OpenAsync(path)).Status);

        var page = await chair.ReadAsync(path);
        var noted = await chair.SubmitAsync(page, ("Input.Note", "I telephoned Casey."));
        var reminded = await chair.SubmitAsync(page, "form[action$='handler=Remind']", ("Key", "another"));
        var after = await chair.ReadAsync(path);

        Assert.Equal((303, 303), (noted.Status, reminded.Status));
        Assert.Contains("I telephoned Casey.", after.Text);
        Assert.Contains("They were reminded today.", after.Text);
        Assert.Contains("I telephoned Casey.", (await casey.ReadAsync(state.Path)).Text);
        Assert.Single(await state.EventsAsync(), happened => happened is OwnerReminded);
    }
}
