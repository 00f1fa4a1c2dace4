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
            ("Input.SentenceDays", "4"),
            ("Input.Kind", "Nonsense"));

        Assert.Equal(422, answer.Status);
        Assert.Contains(answer.Errors, error => error == "Months must be in the correct format");
        Assert.Equal(("two years", "4"), (answer.ValueOf("Input.SentenceMonths"), answer.ValueOf("Input.SentenceDays")));
    }

    [Fact]
    public async Task A_sentence_is_typed_as_the_court_said_it_and_read_back_so()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);

        await riley.SubmitAsync(
            await riley.ReadAsync($"/referrals/{draft.Id}/offence"),
            ("Input.SentenceYears", "2"),
            ("Input.SentenceMonths", ""),
            ("Input.SentenceWeeks", " 3 "),
            ("Input.SentenceDays", "1"));

        var again = await riley.ReadAsync($"/referrals/{draft.Id}/offence");
        Assert.Equal(("2", "3", "1"), (again.ValueOf("Input.SentenceYears"), again.ValueOf("Input.SentenceWeeks"), again.ValueOf("Input.SentenceDays")));
        Assert.Contains("2 years, 3 weeks and 1 day", (await riley.ReadAsync($"/referrals/{draft.Id}/check")).Text);
    }

    [Fact]
    public async Task A_missing_length_stands_above_its_four_fields_and_the_summary_leads_to_the_first()
    {
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var draft = await product.BeginAsync(complete: true);

        var answer = await riley.SubmitAsync(await riley.ReadAsync($"/referrals/{draft.Id}/offence"), ("Input.SentenceMonths", ""));

        Assert.Contains("Enter the length of the sentence, for example 2 years, or 27 weeks", answer.Errors);
        var link = answer.Document.QuerySelector(".govuk-error-summary a")!.GetAttribute("href")!;
        Assert.Equal("Input.SentenceYears", answer.Document.GetElementById(link[1..])!.GetAttribute("name"));
    }
}
