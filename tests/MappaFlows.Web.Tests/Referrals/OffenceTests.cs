namespace MappaFlows.Web.Tests.Referrals;

/// <summary>Offence and sentence.</summary>
[Collection(nameof(ReferralPages))]
public sealed class OffenceTests(ProductFactory product)
{
    [Fact]
    public async Task Non_numeric_sentence_length_shows_error_and_keeps_input()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync();

        var answer = await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"),
            ("Input.Disposal", "Imprisonment"),
            ("Input.SentenceMonths", "two years"),
            ("Input.Kind", "Nonsense"));

        Assert.Equal(422, answer.Status);
        Assert.Contains(answer.Errors, error => error.StartsWith("Length in months", StringComparison.Ordinal));
        Assert.Equal("two years", answer.ValueOf("Input.SentenceMonths"));
    }
}
