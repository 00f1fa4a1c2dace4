using MappaFlows.Web.Tests.Cases;
using MappaFlows.Web.Tests.Meetings;
using static MappaFlows.Web.Tests.Exits.ExitForms;

namespace MappaFlows.Web.Tests.Exits;

/// <summary>Changing a date that clocks come from.</summary>
[Collection(nameof(ExitPages))]
public sealed class DatesTests(ProductFactory product)
{
    [Fact]
    public async Task A_date_is_changed_only_after_what_moves_was_shown()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var to = product.Today().AddYears(5);
        var form = await casey.ReadAsync($"{state.Path}/dates");

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.To", to), ("Input.Date", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied by the Court of Appeal.")]);

        Assert.Equal((200, "Check what changes"), (check.Status, check.Heading));
        Assert.Contains("The case closes", check.Text);
        Assert.Contains("First review before exit", check.Text);
        Assert.NotEqual(to, (await state.TimetableAsync()).Forecast!.ExitDay);

        var done = await casey.SubmitAsync(check);

        Assert.Equal((303, state.Path), (done.Status, done.Location));
        Assert.Equal(to, (await state.TimetableAsync()).Forecast!.ExitDay);
        Assert.Equal("Varied by the Court of Appeal.", (await state.EventsAsync()).OfType<DateChanged>().Single().Reason);
    }

    [Fact]
    public async Task A_wrong_date_is_said_beside_its_field_before_anything_is_shown()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");

        var empty = await casey.SubmitAsync(form);
        var past = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.To", product.Today().AddDays(-1)), ("Input.Date", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")]);

        Assert.Equal((422, 3), (empty.Status, empty.Errors.Count));
        Assert.Equal(["The new date must be today or in the future: to end the case earlier, decide its exit"], past.Errors);
        Assert.Equal("Varied.", past.ValueOf("Input.Reason"));
    }

    [Fact]
    public async Task Concurrent_date_change_shows_the_current_date_and_keeps_input()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        (string, string?)[] typed = [.. ManagedCase.Fields("Input.To", product.Today().AddYears(6)), ("Input.Date", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")];
        var check = await casey.SubmitAsync(form, typed);
        Assert.Equal("Check what changes", check.Heading);
        await state.DoAsync(DemoPeople.ProbationManager, await ExpiryAsync(state, product.Today().AddYears(4)));

        foreach (var late in (BrowserPage[])[await casey.SubmitAsync(form, typed), await casey.SubmitAsync(check)])
        {
            Assert.Equal((409, "Change a date"), (late.Status, late.Heading));
            Assert.Contains($"It is {UkTime.Date(product.Today().AddYears(4))} now.", Assert.Single(late.Errors));
            Assert.Equal("#Input_Date", late.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
            Assert.Equal(Choice(late, "SentenceExpiry"), late.ValueOf("Input.Date"));
            Assert.Contains($"Now {UkTime.Date(product.Today().AddYears(4))}", late.Text);
            Assert.Equal("Varied.", late.ValueOf("Input.Reason"));
            Assert.Equal($"{product.Today().AddYears(6).Year}", late.ValueOf("Input.To.Year"));
            Assert.Equal("Check what changes", (await casey.SubmitAsync(late)).Heading);
        }

        Assert.Equal(product.Today().AddYears(4), (await state.TimetableAsync()).Forecast!.ExitDay);
    }

    [Fact]
    public async Task Where_two_sentences_run_the_end_of_either_can_be_chosen()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(
            DemoPeople.Coordinator,
            new AddEligibility
            {
                Category = Category.Category2,
                StartsOn = product.Today().AddDays(-3),
                EndsOn =
                product.Today().AddYears(8),
                Reason = "A new sentence."
            });
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        Assert.Contains($"Sentence expiry (number 2, from {UkTime.Date(product.Today().AddDays(-3))})", form.Text);

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.To", product.Today().AddYears(5)), ("Input.Date", Choice(form, "SentenceExpiry/1")), ("Input.Reason", "Varied.")]);
        Assert.Contains("Sentence expiry (number 1, from", check.Text);
        Assert.Equal(303, (await casey.SubmitAsync(check)).Status);

        Assert.Equal<DateOnly?>(
            [product.Today().AddYears(5), product.Today().AddYears(8)],
            (await state.ReadAsync()).Bases.Select(basis => basis.EndsOn));
        Assert.Contains("Sentence or order: Number 1", (await casey.ReadAsync(state.Path)).Text);
    }

    [Fact]
    public async Task A_choice_without_the_number_of_its_sentence_is_the_only_one_there_is()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        var choice = Choice(form, "SentenceExpiry").Replace("/1/", "//", StringComparison.Ordinal);

        var check = await casey.SubmitAsync(form, [.. ManagedCase.Fields("Input.To", product.Today().AddYears(5)), ("Input.Date", choice), ("Input.Reason", "Varied.")]);

        Assert.Equal(200, check.Status);
        Assert.Contains("Sentence expiry", check.Text);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("SentenceExpiry")]
    [InlineData("SentenceExpiry/1/2026-01-01/x")]
    [InlineData("99/1/")]
    public async Task A_choice_that_the_page_does_not_have_is_none(string choice)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");

        var answer = await casey.SubmitAsync(form, [.. ManagedCase.Fields("Input.To", product.Today().AddYears(5)), ("Input.Date", choice), ("Input.Reason", "Varied.")]);

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Select the date that changes"], answer.Errors);
    }

    [Theory]
    [InlineData("dates", "Input.To", "The new date must be a real date", "Select the date that changes", "Enter the reason, and the order or decision that changed it")]
    [InlineData("exit", "Input.LastDay", "The last day under MAPPA must be a real date", "Select why the person is no longer managed", "Enter the reasons and the evidence")]
    public async Task A_date_that_is_none_is_said_together_with_all_else_that_is_wrong(string page, string field, params string[] errors)
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(page == "exit" ? DemoPeople.Chair : DemoPeople.Coordinator);

        var answer = await chair.SubmitAsync(
            await chair.ReadAsync($"{state.Path}/{page}"),
            ($"{field}.Day", "31"), ($"{field}.Month", "2"), ($"{field}.Year", "2026"));

        Assert.Equal(422, answer.Status);
        Assert.Equal(errors.Order(), answer.Errors.Order());
        Assert.Equal(errors.Length, answer.Document.QuerySelectorAll("form .govuk-error-message").Length);
        Assert.Equal("31", answer.ValueOf($"{field}.Day"));
    }

    [Fact]
    public async Task A_date_that_is_none_does_not_hide_that_the_case_has_moved_on()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var stale = await chair.ReadAsync($"{state.Path}/exit");
        await state.DoAsync(DemoPeople.Chair, new DecideExit { Reason = ExitReason.Death, LastDay = product.Today(), Reasons = "Certificate seen." });

        var answer = await chair.SubmitAsync(stale, ("Input.LastDay.Day", "31"), ("Input.LastDay.Month", "2"), ("Input.LastDay.Year", "2026"));

        Assert.Equal(409, answer.Status);
        Assert.Contains("The case is closed already. Nothing was changed.", answer.Errors);
        Assert.Single((await state.EventsAsync()).OfType<CaseClosed>());
    }
}
