namespace MappaFlows.Web.Tests.Cases;

public sealed class ScreeningPageTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task The_referral_is_shown_whole_with_the_clock_and_the_rule_that_made_it()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}/screening");

        Assert.Equal($"Screening of {reference} – MappaFlows", page.Title);
        Assert.Contains("Decide by the end of", page.Text);
        Assert.Contains("5 working days after the referral was received", page.Text);
        Assert.Contains("screening-decision", page.Text);
        Assert.Contains("project default", page.Text);
        Assert.Contains(SampleReferrals.Address, page.Text);
        Assert.Contains(SampleReferrals.CountersigningManager, page.Text);
    }

    [Fact]
    public async Task A_decision_without_its_parts_is_refused_beside_the_fields_and_nothing_is_lost()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var page = await casey.ReadAsync($"/cases/{reference}/screening");

        var blank = await casey.SubmitAsync(page);
        Assert.Equal(422, blank.Status);
        Assert.Equal(["Select what you decide", "Enter the reasons"], blank.Errors);

        var levelless = await casey.SubmitAsync(page, ("Input.Outcome", "Accept"), ("Input.Reasons", "Well founded"));
        Assert.Equal(422, levelless.Status);
        Assert.Equal(["Select the level"], levelless.Errors);
        Assert.Equal("Well founded", levelless.ValueOf("Input.Reasons"));
        Assert.Equal("Accept", levelless.ValueOf("Input.Outcome"));
        Assert.Equal(CaseStage.Screening, (await product.CaseAsync(reference)).Stage);
    }

    [Theory]
    [InlineData("Input.Outcome", "Perhaps")]
    [InlineData("Input.Level", "Level9")]
    public async Task A_choice_that_is_not_on_the_page_is_refused(string field, string value)
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(
            await casey.ReadAsync($"/cases/{reference}/screening"),
            [.. new[] { ("Input.Outcome", "Accept"), ("Input.Level", "Level1"), ("Input.Reasons", "Well founded") }
                .Select(pair => (pair.Item1, (string?)(pair.Item1 == field ? value : pair.Item2)))]);

        Assert.Equal(422, answer.Status);
        Assert.NotEmpty(answer.Errors);
        Assert.Equal(CaseStage.Screening, (await product.CaseAsync(reference)).Stage);
    }

    [Fact]
    public async Task A_level_at_which_the_category_cannot_be_managed_is_refused()
    {
        var referral = SampleReferrals.Of(product.Today(), category: Category.Category3);
        var reference = await product.ReferAsync(referral);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(
            await casey.ReadAsync($"/cases/{reference}/screening"), ("Input.Outcome", "Accept"), ("Input.Level", "Level1"), ("Input.Reasons", "Well founded"));

        Assert.Equal(422, answer.Status);
        Assert.Equal(["Category 3 can only be managed at level 2 or 3."], answer.Errors);
    }

    [Fact]
    public async Task A_decision_sent_twice_is_one()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var page = await casey.ReadAsync($"/cases/{reference}/screening");
        (string, string?)[] decision = [("Input.Outcome", "Accept"), ("Input.Level", "Level2"), ("Input.Reasons", "Well founded")];

        var first = await casey.SubmitAsync(page, decision);
        var second = await casey.SubmitAsync(page, decision);

        Assert.Equal((303, $"/cases/{reference}"), (first.Status, first.Location));
        Assert.Equal((303, $"/cases/{reference}"), (second.Status, second.Location));
        Assert.Single((await product.EventsAsync(reference)).OfType<ReferralAccepted>());
        Assert.Contains("Managed", (await casey.FollowAsync(second)).Text);
    }

    [Fact]
    public async Task Second_screening_decision_shows_the_first_and_keeps_input()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var page = await casey.ReadAsync($"/cases/{reference}/screening");
        await product.GiveAsync(DemoPeople.Coordinator, reference, new DecideScreening { Outcome = ScreeningOutcome.Refuse, Reasons = "Decided elsewhere" });

        var answer = await casey.SubmitAsync(page, ("Input.Outcome", "Accept"), ("Input.Level", "Level2"), ("Input.Reasons", "A long text that I wrote"));

        Assert.Equal(409, answer.Status);
        Assert.Equal(["This referral was refused already. Nothing was changed."], answer.Errors);
        Assert.Contains("Decided elsewhere", answer.Text);
        Assert.Equal("A long text that I wrote", answer.Document.QuerySelector("#not-recorded dl > :last-child dd")!.TextContent);
        Assert.Equal(CaseStage.Refused, (await product.CaseAsync(reference)).Stage);
    }

    [Fact]
    public async Task A_question_goes_to_the_referrer_who_answers_and_the_clock_starts_again()
    {
        var reference = await product.ReferAsync();
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        var asked = await casey.SubmitAsync(
            await casey.ReadAsync($"/cases/{reference}/screening"), ("Input.Outcome", "RequestInformation"), ("Input.Reasons", "Where will they live?"));
        Assert.Equal(303, asked.Status);
        Assert.Contains("Answer the question", (await riley.ReadAsync("/")).Text);

        var page = await riley.ReadAsync($"/cases/{reference}/answer");
        Assert.Contains("Where will they live?", page.Text);
        Assert.Contains("Answer by the end of", page.Text);
        var blank = await riley.SubmitAsync(page, ("Input.Answer", "  "));
        Assert.Equal(422, blank.Status);
        Assert.Equal(["Enter your answer"], blank.Errors);

        Assert.Equal(303, (await riley.SubmitAsync(page, ("Input.Answer", "With a made-up aunt"))).Status);

        var again = await casey.ReadAsync($"/cases/{reference}/screening");
        Assert.Contains("With a made-up aunt", again.Text);
        Assert.Contains("Decide by the end of", again.Text);
        var late = await riley.SubmitAsync(page, ("Input.Answer", "Another answer"), ("Key", Guid.NewGuid().ToString("N")));
        Assert.Equal(409, late.Status);
        Assert.Equal("Another answer", late.Document.QuerySelector("#not-recorded dd")!.TextContent);
    }

    [Fact]
    public async Task While_the_referrer_is_asked_a_second_question_is_not_offered()
    {
        var reference = await product.ReferAsync();
        await product.GiveAsync(
            DemoPeople.Coordinator,
            reference,
            new DecideScreening { Outcome = ScreeningOutcome.RequestInformation, Reasons = "Where?" });
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var page = await casey.ReadAsync($"/cases/{reference}/screening");

        Assert.Equal(["Accept", "Refuse"], page.Document.QuerySelectorAll("[name='Input.Outcome']").Select(radio => radio.GetAttribute("value")));
        Assert.Equal(409, (await casey.SubmitAsync(page, ("Input.Outcome", "RequestInformation"), ("Input.Reasons", "Again"))).Status);
    }

    [Fact]
    public async Task A_Chair_reads_the_screening_page_but_decides_nothing_there()
    {
        var reference = await product.ReferAsync();
        using var charlie = await product.SignInAsync(DemoPeople.Chair);

        var page = await charlie.ReadAsync($"/cases/{reference}/screening");
        Assert.Null(page.Document.QuerySelector("main form[method=post]"));
        Assert.Contains("A coordinator of the area decides.", page.Text);

        // A form made by hand is refused all the same; its token comes from the sign-out form.
        var answer = await charlie.Client.PostAsync(
            $"/cases/{reference}/screening",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = page.ValueOf("__RequestVerificationToken")!,
                ["Input.Outcome"] = "Refuse",
                ["Input.Reasons"] = "No",
            }));
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal(CaseStage.Screening, (await product.CaseAsync(reference)).Stage);
    }

    [Theory]
    [InlineData("dana-dorset")]
    [InlineData("drew-dorset")]
    [InlineData("lee-lay")]
    [InlineData("alex-admin")]
    [InlineData("parker-police")]
    public async Task Case_without_a_part_in_it_returns_404(string personId)
    {
        var reference = await product.ReferAsync();
        using var person = await product.SignInAsync(personId);

        foreach (var path in new[] { $"/cases/{reference}", $"/cases/{reference}/screening", $"/cases/{reference}/answer", $"/referrals/sent/{reference}" })
        {
            var page = await person.OpenAsync(path);
            Assert.Equal(404, page.Status);
            Assert.DoesNotContain(SampleReferrals.FamilyName, page.Html);
        }
    }

    [Fact]
    public async Task A_case_that_is_not_there_is_not_found()
    {
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        Assert.Equal(404, (await casey.OpenAsync("/cases/MF-00000-00000/screening")).Status);
        Assert.Equal(404, (await casey.OpenAsync("/cases/nonsense")).Status);
    }
}
