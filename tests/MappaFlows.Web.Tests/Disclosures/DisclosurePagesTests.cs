using MappaFlows.Web.Tests.Meetings;

namespace MappaFlows.Web.Tests.Disclosures;

public sealed class DisclosurePagesTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    private static readonly (string, string?)[] Whole =
    [
        ("Input.Information", "He must not be alone with children."),
        ("Input.RecipientName", "Robin Recipient"),
        ("Input.RecipientContact", "01632 960000"),
        ("Input.RecipientRelation", "Head teacher"),
        ("Input.DiscloserId", "morgan-manager"),
        ("Input.Method", "InPerson"),
        ("Input.ReasonsFor", "Children are at risk."),
        ("Input.ReasonsAgainst", "None."),
        ("Input.PresumptionToDisclose", "true"),
        ("Input.SubjectInformed", "true"),
    ];

    [Fact]
    public async Task A_proposal_asks_the_Chair_and_its_page_shows_it_whole()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var sent = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/disclosures/new"), Whole);
        var page = await casey.FollowAsync(sent);

        Assert.Equal($"{state.Path}/disclosures/1", sent.Location);
        Assert.Contains("Waiting for approval", page.Text);
        Assert.Contains("He must not be alone with children.", page.Text);
        Assert.Equal(DemoPeople.Chair.Id, (await state.ReadAsync()).Disclosures[0].ApproverId);
        Assert.Null(page.ValueOf("Input.Outcome"));
    }

    [Fact]
    public async Task Empty_proposal_shows_an_error_for_every_field()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);

        var answer = await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/disclosures/new"), ("Input.RecipientName", "Robin"), ("Input.SubjectInformed", "false"));

        Assert.Equal(422, answer.Status);
        Assert.Equal("Robin", answer.ValueOf("Input.RecipientName"));
        Assert.Equal(9, answer.Errors.Count);
        Assert.Contains("Enter why the person will not be informed", answer.Errors);
        Assert.All(answer.Document.QuerySelectorAll(".govuk-error-summary__list a"), link => Assert.NotNull(answer.Document.QuerySelector(link.GetAttribute("href")!)));
    }

    [Fact]
    public async Task A_change_says_that_the_earlier_request_is_void_and_asks_again()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/disclosures/1/revise");

        Assert.Contains("The earlier request is void", form.Text);
        Assert.Equal(SampleDisclosures.Information, form.ValueOf("Input.Information"));
        var unchanged = await casey.SubmitAsync(form);
        var changed = await casey.SubmitAsync(form, ("Input.Information", "He must not work there."));

        Assert.Equal((422, 303), (unchanged.Status, changed.Status));
        Assert.Equal(2, (await state.ReadAsync()).Disclosures[0].Request);
    }

    [Fact]
    public async Task A_withdrawal_needs_a_reason_and_ends_it()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        var form = await casey.ReadAsync($"{state.Path}/disclosures/1/withdraw");

        Assert.Equal(["Enter why it is withdrawn"], (await casey.SubmitAsync(form)).Errors);
        var page = await casey.FollowAsync(await casey.SubmitAsync(form, ("Input.Reason", "Not needed.")));

        Assert.Contains("Withdrawn", page.Text);
        Assert.Contains("None of this may be disclosed.", page.Text);
    }

    [Fact]
    public async Task Approver_can_decide_on_the_disclosure_page()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync($"{state.Path}/disclosures/1");

        var done = await chair.SubmitAsync(page, ("Input.Outcome", "Approved"), ("Input.Reasons", "Needed."), ("Input.Read", "true"));
        var again = await chair.SubmitAsync(page, ("Key", "another"), ("Input.Outcome", "Refused"), ("Input.Reasons", "No."), ("Input.Read", "true"));

        Assert.Equal((303, 409), (done.Status, again.Status));
        Assert.Contains("Approved by Charlie Chair on", again.Text);
        Assert.Equal(DisclosureStage.Approved, (await state.ReadAsync()).Disclosures[0].Stage);
    }

    [Fact]
    public async Task Only_the_discloser_can_record_the_disclosure()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        await state.DoAsync(
            DemoPeople.Chair,
            new DecideDisclosure
            {
                Number = 1,
                Outcome = ApprovalOutcome.Approved,
                Reasons = "Yes.",
                ContentHash =
                SampleDisclosures.Content().Hash()
            });
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var morgan = await product.SignInAsync(DemoPeople.ProbationManager);
        var path = $"{state.Path}/disclosures/1/made";
        var today = Core.Calendars.LondonTime.Today(product.Now);

        Assert.Equal(403, (await casey.OpenAsync(path)).Status);
        var form = await morgan.ReadAsync(path);
        var wrong = await morgan.SubmitAsync(form, [.. ManagedCase.Fields("Input.On", today.AddDays(1)), ("Input.Method", "Telephone"), ("Input.RecipientUndertook", "true")]);
        var impossible = await morgan.SubmitAsync(form, ("Input.On.Day", "31"), ("Input.On.Month", "2"), ("Input.On.Year", "2026"), ("Input.Method", "Telephone"));
        (string, string?)[] otherwise = [.. ManagedCase.Fields("Input.On", today), ("Input.Method", "Telephone"), ("Input.RecipientUndertook", "false")];
        var unexplained = await morgan.SubmitAsync(form, otherwise);
        var done = await morgan.SubmitAsync(unexplained, [.. otherwise, ("Input.Explanation", "She was abroad.")]);

        Assert.Equal(["The day must be today or in the past"], wrong.Errors);
        Assert.Equal(
            ["The date of the disclosure must be a real date", "Select whether the recipient undertook to keep it confidential"],
            impossible.Errors);
        Assert.Equal("31", impossible.ValueOf("Input.On.Day"));
        Assert.StartsWith(
            "This is not what was approved: it was made by another method; the recipient did not undertake to keep it confidential.",
            Assert.Single(unexplained.Errors));
        var page = await morgan.FollowAsync(done);
        Assert.Contains("Made", page.Text);
        Assert.Contains("made by another method, no undertaking of confidentiality", page.Text);
        Assert.Contains("She was abroad.", page.Text);
    }

    [Fact]
    public async Task The_Chair_sees_the_last_day_that_was_asked_for()
    {
        var state = await ManagedCase.AcceptedAsync(product);
        var last = Core.Calendars.LondonTime.Today(product.Now).AddDays(5);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var chair = await product.SignInAsync(DemoPeople.Chair);

        await casey.SubmitAsync(await casey.ReadAsync($"{state.Path}/disclosures/new"), [.. Whole, .. ManagedCase.Fields("Input.MakeBy", last)]);
        var link = await state.NewestLinkAsync();

        Assert.Contains(UkTime.Date(last), (await chair.ReadAsync(link)).Text);
        Assert.Equal(last, (await state.ReadAsync()).Disclosures[0].Content.MakeBy);
        Assert.Equal(
            $"{last.Day}", (await casey.ReadAsync($"{state.Path}/disclosures/1/revise")).ValueOf("Input.MakeBy.Day"));
    }

    [Fact]
    public async Task An_approval_shows_its_last_day_and_can_be_revoked_with_a_reason()
    {
        var state = await ApprovedAsync();
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var page = await chair.ReadAsync($"{state.Path}/disclosures/1");
        var form = await chair.ReadAsync($"{state.Path}/disclosures/1/revoke");

        Assert.Contains("Last day on which it may be made", page.Text);
        Assert.Contains("after the approval", page.Text);
        Assert.Equal(["Enter why the approval is revoked"], (await chair.SubmitAsync(form)).Errors);
        var revoked = await chair.FollowAsync(await chair.SubmitAsync(form, ("Input.Reason", "The recipient has moved.")));

        Assert.Contains("Approval revoked", revoked.Text);
        Assert.Contains("None of this may be disclosed.", revoked.Text);
        using var morgan = await product.SignInAsync(DemoPeople.ProbationManager);
        Assert.Contains("Nothing may be disclosed now", (await morgan.ReadAsync($"{state.Path}/disclosures/1/made")).Text);
    }

    [Fact]
    public async Task The_approver_names_another_discloser_and_for_a_coordinator_the_approver_is_asked_again()
    {
        var state = await ApprovedAsync();
        using var chair = await product.SignInAsync(DemoPeople.Chair);
        var form = await chair.ReadAsync($"{state.Path}/disclosures/1/discloser");
        Assert.Contains("the approval stands", form.Text);
        var page = await chair.FollowAsync(
            await chair.SubmitAsync(form, ("Input.DiscloserId", DemoPeople.Referrer.Id), ("Input.Reason", "Ill.")));
        Assert.Contains("Riley Referrer, in place of Morgan Manager", page.Text);

        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        form = await casey.ReadAsync($"{state.Path}/disclosures/1/discloser");
        Assert.Contains("is asked again", form.Text);
        Assert.Equal(2, (await casey.SubmitAsync(form)).Errors.Count);
        page = await casey.FollowAsync(
            await casey.SubmitAsync(form, ("Input.DiscloserId", DemoPeople.ProbationManager.Id), ("Input.Reason", "Well.")));

        Assert.Contains("Waiting for approval", page.Text);
        Assert.Equal(2, (await state.ReadAsync()).Disclosures[0].Request);
    }

    private async Task<ManagedCase> ApprovedAsync()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        await state.DoAsync(DemoPeople.Chair, new DecideDisclosure
        {
            Number = 1,
            Outcome = ApprovalOutcome.Approved,
            Reasons = "Yes.",
            ContentHash = SampleDisclosures.Content().Hash(),
        });
        return state;
    }

    [Fact]
    public async Task Missing_or_foreign_disclosure_pages_return_404_or_403()
    {
        var (state, _) = await ManagedCase.ProposedAsync(product);
        using var casey = await product.SignInAsync(DemoPeople.Coordinator);
        using var riley = await product.SignInAsync(DemoPeople.Referrer);
        using var dana = await product.SignInAsync("dana-dorset");

        Assert.Equal(404, (await casey.OpenAsync($"{state.Path}/disclosures/9")).Status);
        Assert.Equal(404, (await dana.OpenAsync($"{state.Path}/disclosures/1")).Status);
        Assert.Equal(403, (await riley.OpenAsync($"{state.Path}/disclosures/new")).Status);
    }
}
