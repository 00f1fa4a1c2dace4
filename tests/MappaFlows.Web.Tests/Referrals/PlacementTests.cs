namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Area, category and level.</summary>
[Collection(nameof(ReferralPages))]
public sealed class PlacementTests(ProductFactory product)
{
    [Fact]
    public async Task An_area_where_no_one_works_is_refused_on_the_first_page_and_at_the_end()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);

        var answer = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/placement"), ("Input.Area", "kent"));
        var sent = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/check"));

        const string noOne =
            "No one in Kent works with MappaFlows yet, so this referral would reach no one. Phone the MAPPA co-ordinator of that area";
        Assert.Equal((422, 422), (answer.Status, sent.Status));
        Assert.Equal([noOne], answer.Errors);
        Assert.Contains(noOne, sent.Errors);
    }

    [Fact]
    public async Task Each_problem_stands_beside_its_field_and_in_the_summary()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/placement"), ("Input.Area", "atlantis"), ("Input.Category", "Category3"), ("Input.LevelSought", "Level1"), ("Input.LeadAgency", null));

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Select the MAPPA area", "Category 3 can only be managed at level 2 or 3.", "Select the lead agency"], answer.Errors);
        Assert.Equal("Error: Select the MAPPA area", answer.Document.QuerySelector("#Input_Area-error")!.TextContent.Trim());
        Assert.Equal("Category3", answer.ValueOf("Input.Category"));
        Assert.Equal("#Input_LevelSought", answer.Document.QuerySelectorAll(".govuk-error-summary__list a")[1].GetAttribute("href"));
        Assert.StartsWith("Error: ", answer.Title);
    }
}
