namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Reasons for the referral.</summary>
[Collection(nameof(ReferralPages))]
public sealed class ReasonTests(ProductFactory product)
{
    [Fact]
    public async Task A_text_over_its_limit_is_refused_and_not_lost()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();
        var text = new string('x', 5000);

        var answer = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/reason"), ("Input.CurrentPlan", text));

        Assert.Equal(422, answer.Status);
        Assert.Contains("The current risk management plan must be 4,000 characters or fewer: you have entered 5,000", answer.Errors);
        Assert.Equal(text, (await riley.ReadAsync($"/referrals/{draft.Id}/reason")).ValueOf("Input.CurrentPlan"));
    }
}
