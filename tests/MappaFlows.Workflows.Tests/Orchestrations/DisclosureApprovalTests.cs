namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class DisclosureApprovalTests : IAsyncLifetime
{
    private Product _product = null!;
    private CaseReference _reference;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync();
        _reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task The_Chair_is_asked_then_reminded_then_the_deputy_is_asked_then_the_request_lapses()
    {
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Your decision is needed"));
        await _product.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Chair, "Reminder"));
        await _product.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Reminder"));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Deputy, "Your decision is needed"));
        await _product.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Deputy, "Your decision is needed as deputy"));
        Assert.Equal(DisclosureStage.AwaitingApproval, (await DisclosureAsync()).Stage);
        await _product.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal(DisclosureStage.Lapsed, (await DisclosureAsync()).Stage);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "No decision in time"));

        var approval = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).Approval(1, 1), true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, approval!.RuntimeStatus);
    }

    [Fact]
    public async Task Approval_emails_the_discloser_and_stops_reminders()
    {
        await _product.AdvanceAsync(TimeSpan.FromHours(30));
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair)));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Manager, "Make a disclosure"));
        await _product.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Deputy, "Your decision is needed"));

        await _product.DoAsync(SamplePeople.Manager, _reference, new RecordDisclosure(1, new()
        {
            On = new(2026, 6, 3),
            Method = DisclosureMethod.InPerson,
            RecipientUndertook = true,
        }));
        Assert.Equal(DisclosureStage.Made, (await DisclosureAsync()).Stage);
    }

    [Fact]
    public async Task An_approval_that_no_one_uses_reminds_is_passed_on_and_ends()
    {
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair)));
        await _product.AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal(DisclosureStage.ApprovalEnded, (await DisclosureAsync()).Stage);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Manager, "Reminder, make a disclosure"));
        foreach (var person in new[] { SamplePeople.Manager, SamplePeople.Chair, SamplePeople.Coordinator })
        {
            Assert.Equal(1, _product.Emails.Count(person, "Disclosure not made yet"));
            Assert.Equal(1, _product.Emails.Count(person, "Approval ended"));
        }

        await _product.AdvanceAsync(TimeSpan.FromDays(14));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Reminder, your proposal waits for you"));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Proposal left open"));
        Assert.Equal(
            [nameof(ReadFollowUp), nameof(RemindDiscloser), nameof(EscalateDisclosure), nameof(EndApproval), nameof(RemindProposer), nameof(EscalateRevision)],
            (await _product.StepsOfAsync(new CaseInstanceIds(_reference).FollowUp(1, 1))).Take(6));
    }

    [Fact]
    public async Task An_approval_outlives_its_case_only_to_its_last_day()
    {
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair)));
        await _product.DoAsync(
            SamplePeople.Manager, _reference, new DecideExit { Reason = ExitReason.Death, LastDay = Today, Reasons = "Seen." });
        await _product.AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal(DisclosureStage.ApprovalEnded, (await DisclosureAsync()).Stage);
        var followUp = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).FollowUp(1, 1), true);
        Assert.Equal("\"ApprovalEnded\"", followUp!.SerializedOutput);
    }

    [Fact]
    public async Task The_approver_and_the_Chair_are_told_of_a_disclosure_that_was_not_made_as_approved()
    {
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair)));
        await _product.DoAsync(SamplePeople.Manager, _reference, new RecordDisclosure(1, new()
        {
            On = Today,
            Method = DisclosureMethod.Letter,
            RecipientUndertook = true,
            Explanation = "The recipient was abroad.",
        }));

        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Disclosure not made as approved"));
    }

    [Fact]
    public async Task A_changed_content_voids_the_link_and_asks_again()
    {
        var oldToken = TokenTo(SamplePeople.Chair);
        var oldDecision = await DecisionAsync(ApprovalOutcome.Approved, oldToken);
        await _product.DoAsync(SamplePeople.Coordinator, _reference, new ReviseDisclosure(1, SampleDisclosures.Content("Something else.")));

        Assert.Equal(2, _product.Emails.Count(SamplePeople.Chair, "Your decision is needed"));
        var refused = Assert.IsType<CommandResult.Refused>(
            await _product.Commands.ExecuteAsync(SamplePeople.Chair, _reference, oldDecision, key: "old"));
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Equal(DisclosureStage.AwaitingApproval, (await DisclosureAsync()).Stage);
        Assert.Equal(1, await _product.CountAsync<ApprovalAttemptRefused>(_reference));

        await _product.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Reminder"));
        var first = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).Approval(1, 1), true);
        Assert.True(first!.IsCompleted);
    }

    [Fact]
    public async Task The_wrong_person_is_refused_and_it_is_recorded()
    {
        var decision = await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair));
        foreach (var (person, kind) in new[]
        {
            (SamplePeople.Deputy, RefusalKind.Forbidden),
            (SamplePeople.Coordinator, RefusalKind.Forbidden),
            (SamplePeople.LayAdviser, RefusalKind.NotFound),
        })
        {
            var refused = Assert.IsType<CommandResult.Refused>(
                await _product.Commands.ExecuteAsync(person, _reference, decision, key: person.Id));
            Assert.Equal((kind, true), (refused.Kind, refused.IsRecorded));
        }

        Assert.Equal(3, await _product.CountAsync<ApprovalAttemptRefused>(_reference));
        Assert.Equal(DisclosureStage.AwaitingApproval, (await DisclosureAsync()).Stage);
    }

    [Fact]
    public async Task A_chair_whose_role_was_taken_away_cannot_decide_and_the_attempt_is_recorded()
    {
        var decision = await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair));
        await _product.Get<TablePeopleDirectory>().SaveAsync([SamplePeople.Chair with { Roles = [Role.LayAdviser] }], []);

        // The sign-in is from before the change.
        var refused = Assert.IsType<CommandResult.Refused>(
            await _product.Commands.ExecuteAsync(SamplePeople.Chair, _reference, decision, key: "one"));

        Assert.Equal((RefusalKind.Forbidden, true), (refused.Kind, refused.IsRecorded));
        Assert.Equal(1, await _product.CountAsync<ApprovalAttemptRefused>(_reference));
        Assert.Equal(DisclosureStage.AwaitingApproval, (await DisclosureAsync()).Stage);
    }

    [Fact]
    public async Task The_deputy_may_decide_after_the_escalation()
    {
        await _product.AdvanceAsync(TimeSpan.FromHours(48));
        await _product.DoAsync(SamplePeople.Deputy, _reference, await DecisionAsync(ApprovalOutcome.Refused, TokenTo(SamplePeople.Deputy)));
        Assert.Equal(DisclosureStage.Refused, (await DisclosureAsync()).Stage);
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Proposal refused"));
    }

    [Fact]
    public async Task A_decision_posted_twice_is_one_decision_and_another_after_it_is_refused()
    {
        var decision = await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair));
        var both = await Task.WhenAll(
            _product.Commands.ExecuteAsync(SamplePeople.Chair, _reference, decision, key: "one"),
            _product.Commands.ExecuteAsync(SamplePeople.Chair, _reference, decision, key: "one"));
        Assert.All(both, result => Assert.IsType<CommandResult.Done>(result));
        Assert.Equal(1, await _product.CountAsync<DisclosureDecided>(_reference));

        var late = await _product.Commands.ExecuteAsync(
            SamplePeople.Chair,
            _reference,
            decision with { Outcome = ApprovalOutcome.Refused },
            key: "two");
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<CommandResult.Refused>(late).Kind);
    }

    [Fact]
    public async Task No_token_is_kept_in_the_store_or_in_a_log()
    {
        var token = TokenTo(SamplePeople.Chair);
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, token));
        Assert.DoesNotContain(_product.Log.Lines, line => line.Contains(token, StringComparison.Ordinal));
        Assert.Contains((await DisclosureAsync()).Links, link => link.TokenHash == ApprovalLinks.HashOf(token));
        Assert.DoesNotContain(
            await _product.EventsAsync(_reference),
            recorded => recorded.ToString().Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_names_each_step()
    {
        await _product.AdvanceAsync(TimeSpan.FromHours(72));

        Assert.Equal(
            [nameof(ReadApproval), nameof(RemindApprover), nameof(AskDeputy), nameof(LapseRequest)],
            await _product.StepsOfAsync(new CaseInstanceIds(_reference).Approval(1, 1)));
    }

    [Fact]
    public async Task Decision_in_time_costs_two_reads_and_no_step()
    {
        await _product.DoAsync(SamplePeople.Chair, _reference, await DecisionAsync(ApprovalOutcome.Approved, TokenTo(SamplePeople.Chair)));

        var approval = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).Approval(1, 1), true);
        Assert.Equal("\"Approved\"", approval!.SerializedOutput);
        Assert.Equal([nameof(ReadApproval), nameof(ReadApproval)], await _product.StepsOfAsync(approval.InstanceId));
    }

    [Fact]
    public async Task Engine_down_for_a_week_lapses_without_reminding()
    {
        await _product.CrashAndRestartAsync(downFor: TimeSpan.FromDays(7));
        await _product.AdvanceAsync(TimeSpan.Zero);

        Assert.Equal(DisclosureStage.Lapsed, (await DisclosureAsync()).Stage);
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Chair, "Reminder"));
        Assert.Equal(0, _product.Emails.Count(SamplePeople.Deputy, "Your decision is needed"));
        Assert.Equal(
            [nameof(ReadApproval), nameof(LapseRequest)],
            await _product.StepsOfAsync(new CaseInstanceIds(_reference).Approval(1, 1)));
    }

    [Fact]
    public async Task An_instance_shows_its_next_step_and_when_it_comes()
    {
        var approval = await _product.Orchestrations.GetInstanceAsync(new CaseInstanceIds(_reference).Approval(1, 1), true);

        Assert.Equal(new NextStep(nameof(RemindApprover), Product.Start.AddHours(24)), approval!.ReadCustomStatusAs<NextStep>());
    }

    private async Task<Disclosure> DisclosureAsync() => (await _product.CaseAsync(_reference)).Disclosures[0];

    private DateOnly Today => LondonTime.Today(_product.Time.GetUtcNow());

    private string TokenTo(Person person) => _product.Emails.To(person)
        .Last(email => email.Links[0].Contains("/decide/", StringComparison.Ordinal)).Links[0].Split('=')[^1];

    private async Task<DecideDisclosure> DecisionAsync(ApprovalOutcome outcome, string token) => new()
    {
        Number = 1,
        Outcome = outcome,
        Reasons = "Weighed and decided.",
        ContentHash = (await DisclosureAsync()).ContentHash,
        TokenHash = ApprovalLinks.HashOf(token),
    };
}
