namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Beginning a referral.</summary>
[Collection(nameof(ReferralPages))]
public sealed class NewTests(ProductFactory product)
{
    [Fact]
    public async Task A_form_that_begins_a_referral_begins_one_however_often_it_is_sent()
    {
        using var manager = await product.SignInAsync(DemoPeople.ProbationManager);
        var page = await manager.ReadAsync("/referrals/new");

        var first = await manager.SubmitAsync(page);
        var second = await manager.SubmitAsync(page);

        Assert.Equal(first.Location, second.Location);
        Assert.Single(await product.Drafts().ListAsync(DemoPeople.ProbationManager.Id));
    }

    [Theory]
    [InlineData("lee-lay")]
    [InlineData("charlie-chair")]
    [InlineData("alex-admin")]
    public async Task Person_who_may_not_refer_gets_403(string personId)
    {
        using var person = await product.SignInAsync(personId);

        Assert.Equal(403, (await person.OpenAsync("/referrals")).Status);
        Assert.Equal(403, (await person.OpenAsync("/referrals/new")).Status);
    }
}
