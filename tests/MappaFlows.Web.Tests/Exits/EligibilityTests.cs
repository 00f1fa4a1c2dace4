using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Exits;

/// <summary>Adding a sentence or order.</summary>
[Collection(nameof(ExitPages))]
public sealed class EligibilityTests(ProductFactory product)
{
    [Fact]
    public async Task A_new_order_shows_that_another_category_takes_over_and_then_does()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/eligibility");

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.StartsOn", product.Today()), ("Input.Category", "Category1"), ("Input.Indefinite", "true"), ("Input.Reason", "New conviction.")]);
        Assert.Contains("managed in Category 1 instead of Category 2", check.Text);
        Assert.Contains("No longer waited for", check.Text);
        await casey.SubmitAsync(check);

        var @after = await state.ReadAsync();
        Assert.Equal((Category.Category1, 2), (@after.Category, @after.Bases.Count));
    }
}
