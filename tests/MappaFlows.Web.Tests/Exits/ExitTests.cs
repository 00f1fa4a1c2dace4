using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Exits;

/// <summary>Deciding that the person is no longer managed.</summary>
[Collection(nameof(ExitPages))]
public sealed class ExitTests(ProductFactory product)
{
    [Fact]
    public async Task An_exit_is_decided_only_after_what_closing_means_was_shown_and_only_once()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var form = await chair.ReadAsync($"{state.Path}/exit");
        (string, string?)[] answers = [.. ManagedCase.Fields("Input.LastDay", product.Today()), ("Input.Reason", "Death"), ("Input.Reasons", "Certificate seen.")];

        Assert.Null(form.Document.QuerySelector("input[value=SentenceExpired]"));
        var check = await chair.SubmitAsync(form, answers);
        Assert.Contains("It cannot be opened again", check.Text);
        Assert.True((await state.ReadAsync()).IsManaged);

        var first = await chair.SubmitAsync(check);
        var again = await chair.SubmitAsync(check);

        Assert.Equal((303, 303), (first.Status, again.Status));
        Assert.Single((await state.EventsAsync()).OfType<CaseClosed>());
        Assert.Equal(ExitReason.Death, (await state.ReadAsync()).Exit!.Reason);
        var stale = await chair.SubmitAsync(check, ("Key", "another"));
        Assert.Equal(409, stale.Status);
        Assert.Contains("The case is closed already", stale.Text);
    }

    [Fact]
    public async Task An_exit_before_its_date_is_refused_in_words_even_when_the_form_was_forged()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        var answer = await chair.SubmitAsync(
            await chair.ReadAsync($"{state.Path}/exit"),
            [.. ManagedCase.Fields("Input.LastDay", product.Today()), ("Input.Reason", "SentenceExpired"), ("Input.Reasons", "Over."), ("Confirmed", "true")]);

        Assert.Equal(422, answer.Status);
        Assert.StartsWith("The case ends by itself on that date", Assert.Single(answer.Errors));
    }

    [Fact]
    public async Task Exit_pages_without_the_right_return_403()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);

        foreach (var page in new[] { "dates", "eligibility", "exit", "exit-review", "meetings/new" })
            Assert.Equal(403, (await riley.OpenAsync($"{state.Path}/{page}")).Status);
    }
}
