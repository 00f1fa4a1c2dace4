namespace MappaFlows.Web.Tests.Referrals;

/// <summary>The list of a draft’s parts.</summary>
[Collection(nameof(ReferralPages))]
public sealed class TaskListTests(ProductFactory product)
{
    [Fact]
    public async Task The_task_list_says_which_parts_are_complete()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/placement"), ("Input.Category", "Category2"), ("Input.LevelSought", "Level2"), ("Input.LeadAgency", "probation"));
        await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/subject"), ("Input.GivenNames", "Sam"));

        var list = await riley.ReadAsync($"/referrals/{draft.Id}");

        string Status(string slug) => list.Document.QuerySelector($"#task-{slug}")!.TextContent.Trim();
        Assert.Equal(
            ["Completed", "Not complete", "Optional", "Not started"],
            new[] { "placement", "subject", "identifiers", "addresses" }.Select(Status));
    }

    [Fact]
    public async Task Draft_of_another_person_returns_404()
    {
        var draft = await product.BeginAsync(complete: true);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/subject")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/check")).Status);
        Assert.Equal(404, (await casey.OpenAsync($"/referrals/{draft.Id}/remove")).Status);
        Assert.Equal(404, (await casey.OpenAsync("/referrals/not-an-id/check")).Status);
    }
}
