namespace MappaFlows.Web.Tests.Referrals;

/// <summary>The person.</summary>
[Collection(nameof(ReferralPages))]
public sealed class SubjectTests(ProductFactory product)
{
    [Fact]
    public async Task Unreadable_input_is_shown_again_and_the_rest_is_saved()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/subject"),
            ("Input.GivenNames", "Sam"),
            ("Input.DateOfBirth.Day", "31"),
            ("Input.DateOfBirth.Month", "2"),
            ("Input.DateOfBirth.Year", "1980"));

        Assert.Equal(422, answer.Status);
        Assert.Contains("Date of birth must be a real date", answer.Errors);
        Assert.Equal("31", answer.ValueOf("Input.DateOfBirth.Day"));
        Assert.Equal("Sam", answer.ValueOf("Input.GivenNames"));
        Assert.Equal("Sam", (await riley.ReadAsync($"/referrals/{draft.Id}/subject")).ValueOf("Input.GivenNames"));
    }

    [Fact]
    public async Task Save_and_return_does_not_require_answers()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/subject"), ("Input.FamilyName", "Half-Done"), ("then", "leave"));

        Assert.Equal("/referrals", answer.Location);
        var mine = await riley.FollowAsync(answer);
        Assert.Contains("Half-Done", mine.Text);
        Assert.Equal("Half-Done", (await riley.ReadAsync($"/referrals/{draft.Id}/subject")).ValueOf("Input.FamilyName"));
    }
}
