namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Removing a draft.</summary>
[Collection(nameof(ReferralPages))]
public sealed class RemoveTests(ProductFactory product)
{
    [Fact]
    public async Task A_draft_is_removed_only_after_asking()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var page = await riley.ReadAsync($"/referrals/{draft.Id}/remove");
        Assert.NotNull(await product.Drafts().FindAsync(DemoPeople.Referrer.Id, draft.Id));

        Assert.Equal("/referrals", (await riley.SubmitAsync(page)).Location);

        Assert.Null(await product.Drafts().FindAsync(DemoPeople.Referrer.Id, draft.Id));
        Assert.Equal(404, (await riley.OpenAsync($"/referrals/{draft.Id}")).Status);
    }
}
