using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Exits;

public sealed class ExitPagesTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task A_date_is_changed_only_after_what_moves_was_shown()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var to = Today.AddYears(5);
        var form = await casey.ReadAsync($"{state.Path}/dates");

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.To", to), ("Input.Which", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied by the Court of Appeal.")]);

        Assert.Equal((200, "Check what moves"), (check.Status, check.Heading));
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
        var past = await casey.SubmitAsync(form, [.. ManagedCase.Fields("Input.To", Today.AddDays(-1)), ("Input.Which", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")]);

        Assert.Equal((422, 3), (empty.Status, empty.Errors.Count));
        Assert.Equal(["The new date must be today or in the future: to end the case earlier, decide its exit"], past.Errors);
        Assert.Equal("Varied.", past.ValueOf("Input.Reason"));
    }

    [Fact]
    public async Task Of_two_who_change_a_date_at_once_the_second_is_told_what_it_is_now_and_loses_nothing()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        (string, string?)[] typed = [.. ManagedCase.Fields("Input.To", Today.AddYears(6)), ("Input.Which", Choice(form, "SentenceExpiry")), ("Input.Reason", "Varied.")];
        var check = await casey.SubmitAsync(form, typed);
        Assert.Equal("Check what moves", check.Heading);
        await state.DoAsync(DemoPeople.ProbationManager, await ExpiryAsync(state, Today.AddYears(4)));

        foreach (var late in (BrowserPage[])[await casey.SubmitAsync(form, typed), await casey.SubmitAsync(check)])
        {
            Assert.Equal((409, "Change a date"), (late.Status, late.Heading));
            Assert.Contains($"It is {UkTime.Date(Today.AddYears(4))} now.", Assert.Single(late.Errors));
            Assert.Equal("#Input_Which", late.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
            Assert.Equal(Choice(late, "SentenceExpiry"), late.ValueOf("Input.Which"));
            Assert.Contains($"Now {UkTime.Date(Today.AddYears(4))}", late.Text);
            Assert.Equal("Varied.", late.ValueOf("Input.Reason"));
            Assert.Equal($"{Today.AddYears(6).Year}", late.ValueOf("Input.To.Year"));
            Assert.Equal("Check what moves", (await casey.SubmitAsync(late)).Heading);
        }

        Assert.Equal(Today.AddYears(4), (await state.TimetableAsync()).Forecast!.ExitDay);
    }

    [Fact]
    public async Task Where_two_sentences_run_the_end_of_either_can_be_chosen()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        await state.DoAsync(
            DemoPeople.Coordinator,
            new AddEligibility { Category = Category.Category2, StartsOn = Today.AddDays(-3), EndsOn = Today.AddYears(8), Reason = "A new sentence." });
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        Assert.Contains($"Sentence expiry (number 2, from {UkTime.Date(Today.AddDays(-3))})", form.Text);

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.To", Today.AddYears(5)), ("Input.Which", Choice(form, "SentenceExpiry/1")), ("Input.Reason", "Varied.")]);
        Assert.Contains("Sentence expiry (number 1, from", check.Text);
        Assert.Equal(303, (await casey.SubmitAsync(check)).Status);

        Assert.Equal<DateOnly?>([Today.AddYears(5), Today.AddYears(8)], (await state.ReadAsync()).Bases.Select(basis => basis.EndsOn));
        Assert.Contains("Sentence or order: Number 1", (await casey.ReadAsync(state.Path)).Text);
    }

    [Fact]
    public async Task A_choice_without_the_number_of_its_sentence_is_the_only_one_there_is()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/dates");
        var choice = Choice(form, "SentenceExpiry").Replace("/1/", "//", StringComparison.Ordinal);

        var check = await casey.SubmitAsync(form, [.. ManagedCase.Fields("Input.To", Today.AddYears(5)), ("Input.Which", choice), ("Input.Reason", "Varied.")]);

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

        var answer = await casey.SubmitAsync(form, [.. ManagedCase.Fields("Input.To", Today.AddYears(5)), ("Input.Which", choice), ("Input.Reason", "Varied.")]);

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
        await state.DoAsync(DemoPeople.Chair, new DecideExit { Reason = ExitReason.Death, LastDay = Today, Reasons = "Certificate seen." });

        var answer = await chair.SubmitAsync(stale, ("Input.LastDay.Day", "31"), ("Input.LastDay.Month", "2"), ("Input.LastDay.Year", "2026"));

        Assert.Equal(409, answer.Status);
        Assert.Contains("The case is closed already. Nothing was changed.", answer.Errors);
        Assert.Single((await state.EventsAsync()).OfType<CaseClosed>());
    }

    [Fact]
    public async Task A_new_order_shows_that_another_category_takes_over_and_then_does()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/eligibility");

        var check = await casey.SubmitAsync(
            form,
            [.. ManagedCase.Fields("Input.StartsOn", Today), ("Input.Category", "Category1"), ("Input.Indefinite", "true"), ("Input.Reason", "New conviction.")]);
        Assert.Contains("managed in Category 1 instead of Category 2", check.Text);
        Assert.Contains("No longer waited for", check.Text);
        await casey.SubmitAsync(check);

        var @after = await state.ReadAsync();
        Assert.Equal((Category.Category1, 2), (@after.Category, @after.Bases.Count));
    }

    [Fact]
    public async Task An_exit_is_decided_only_after_what_closing_means_was_shown_and_only_once()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var form = await chair.ReadAsync($"{state.Path}/exit");
        (string, string?)[] answers = [.. ManagedCase.Fields("Input.LastDay", Today), ("Input.Reason", "Death"), ("Input.Reasons", "Certificate seen.")];

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
            [.. ManagedCase.Fields("Input.LastDay", Today), ("Input.Reason", "SentenceExpired"), ("Input.Reasons", "Over."), ("Confirmed", "true")]);

        Assert.Equal(422, answer.Status);
        Assert.StartsWith("The case ends by itself on that date", Assert.Single(answer.Errors));
    }

    [Fact]
    public async Task The_review_before_the_exit_opens_on_its_day_and_is_recorded()
    {
        await using var own = await new ProductFactory().StartAsync();
        var state = await ManagedCase.AcceptedAsync(own, ManagementLevel.Level1);
        using var morgan = await own.SignInAsync(DemoPeople.ProbationManager);
        Assert.Contains("The review before exit opens on", (await morgan.ReadAsync($"{state.Path}/exit-review")).Text);
        await state.DoAsync(DemoPeople.ProbationManager, await ExpiryAsync(state, LondonTime.Today(own.Now).AddMonths(6).AddDays(10)));
        var form = await morgan.ReadAsync($"{state.Path}/exit-review");

        Assert.Equal(["Enter what the review concluded", "Select whether Category 3 should be considered when this basis ends"], (await morgan.SubmitAsync(form)).Errors);
        var done = await morgan.SubmitAsync(form, ("Input.Conclusion", "May end."), ("Input.ConsiderCategory3", "false"));

        Assert.Equal(303, done.Status);
        Assert.Single((await state.ReadAsync()).PreExitReviews);
    }

    [Fact]
    public async Task Who_has_no_right_to_a_page_is_refused_it()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);

        foreach (var page in new[] { "dates", "eligibility", "exit", "exit-review", "meetings/new" })
            Assert.Equal(403, (await riley.OpenAsync($"{state.Path}/{page}")).Status);
    }

    private DateOnly Today => LondonTime.Today(product.Now);

    /// <summary>The value of the choice that begins so.</summary>
    private static string Choice(BrowserPage form, string begins) => form.Document.QuerySelector($"[name='Input.Which'][value^='{begins}/']")!.GetAttribute("value")!;

    private static async Task<ChangeDate> ExpiryAsync(ManagedCase state, DateOnly to) =>
        new() { Which = CaseDate.SentenceExpiry, From = (await state.ReadAsync()).Bases[0].EndsOn, To = to, Reason = "Varied." };
}
