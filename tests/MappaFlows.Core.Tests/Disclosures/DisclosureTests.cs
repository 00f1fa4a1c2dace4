using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Disclosures;

public sealed class DisclosureTests
{
    [Fact]
    public void The_approver_is_reminded_after_a_day_the_deputy_asked_after_two_and_after_three_it_lapses()
    {
        var life = Proposed();
        var asked = life.Now;

        life.LivesUntil(asked.AddDays(5));

        Assert.Equal(
            [(24, nameof(ObligationReminded)), (48, nameof(ObligationEscalated)), (72, nameof(ApprovalLapsed))],
            life.Dated.Where(happened => happened.At > asked).Select(happened =>
                ((int)(happened.At - asked).TotalHours, happened.Event.GetType().Name)));
        Assert.Equal(
            DisclosureObligations.ReviseDisclosure,
            Assert.Single(life.Timetable.Obligations, obligation => DisclosureObligations.Kinds.Contains(obligation.Kind)).Kind);
    }

    [Fact]
    public void The_deputy_may_decide_only_after_the_escalation()
    {
        var life = Proposed();
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.Deputy, life.Decision(ApprovalOutcome.Approved)).Kind);
        Assert.Equal(new(null, SamplePeople.Chair.Id), life.Timetable.Find(DisclosureObligations.DecideDisclosure)!.Owner);

        life.LivesUntil(life.Now.AddHours(48));

        Assert.Equal(
            new(null, SamplePeople.Chair.Id, SamplePeople.Deputy.Id),
            life.Timetable.Find(DisclosureObligations.DecideDisclosure)!.Owner);
        life.Does(SamplePeople.Deputy, life.Decision(ApprovalOutcome.Approved));
        Assert.Equal(SamplePeople.Deputy.Id, life.Case.Disclosures[0].Decision!.By);
    }

    [Fact]
    public void Decision_at_or_after_the_lapse_time_is_refused()
    {
        var life = Proposed();
        var end = life.Now.AddHours(72);

        life.Now = end.AddTicks(-1);
        Assert.IsType<Decision.Accepted>(life.Decides(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved)));
        life.Now = end;
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved)).Kind);
    }

    [Fact]
    public void A_decision_on_content_that_was_changed_since_is_refused()
    {
        var life = Proposed();
        var seen = life.Decision(ApprovalOutcome.Approved);

        life.Does(SamplePeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("More than that.")));

        Assert.Contains("changed after you opened this page", Assert.Single(life.Refuses(SamplePeople.Chair, seen).Problems).Message);
    }

    [Fact]
    public void A_change_of_content_asks_again_from_the_beginning()
    {
        var life = Proposed();
        life.LivesUntil(life.Now.AddHours(49));

        life.Does(SamplePeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("More than that.")));

        var disclosure = life.Case.Disclosures[0];
        Assert.Equal((2, false, false), (disclosure.Request, disclosure.Reminded, disclosure.Escalated));
        Assert.Equal(life.Now.AddHours(24), life.Timetable.NextStepAt(DisclosureObligations.DecideDisclosure, 1));
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.Deputy, life.Decision(ApprovalOutcome.Approved)).Kind);
    }

    [Fact]
    public void A_link_decides_for_its_person_its_request_and_its_time_alone()
    {
        var life = Proposed();
        life.Does(SamplePeople.Clock, new IssueApprovalLink(1, 1, "first", SamplePeople.Chair.Id));
        life.Does(SamplePeople.Clock, new IssueApprovalLink(1, 1, "deputys", SamplePeople.Deputy.Id));

        Assert.IsType<Decision.Accepted>(life.Decides(SamplePeople.Chair, Through("first")));
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, Through("guessed")).Kind);
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, Through("deputys")).Kind);
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.Manager, Through("first")).Kind);

        life.Does(SamplePeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("More than that.")));
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, Through("first")).Kind);
        life.Does(SamplePeople.Clock, new IssueApprovalLink(1, 2, "second", SamplePeople.Chair.Id));
        Assert.IsType<Decision.Accepted>(life.Decides(SamplePeople.Chair, Through("second")));

        DecideDisclosure Through(string link) => life.Decision(ApprovalOutcome.Approved) with { TokenHash = link };
    }

    [Fact]
    public void No_link_is_issued_for_a_request_that_is_over()
    {
        var life = Proposed();
        life.Does(SamplePeople.Coordinator, new ReviseDisclosure(1, SampleDisclosures.Content("More than that.")));

        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Clock, new IssueApprovalLink(1, 1, "late", SamplePeople.Chair.Id)).Kind);
    }

    [Fact]
    public void Proposer_cannot_decide()
    {
        var life = CaseSimulation.Managed(ManagementLevel.Level1);
        Assert.Equal(
            "ApproverId",
            Assert.Single(life.Refuses(
                SamplePeople.Manager,
                new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Manager.Id }).Problems).Field);

        life.Does(SamplePeople.Coordinator, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        Assert.Equal(SamplePeople.Manager.Id, life.Case.Disclosures[0].ApproverId);
        Assert.Equal(
            RefusalKind.Forbidden,
            life.Refuses(SamplePeople.Manager, new ReviseDisclosure(1, SampleDisclosures.Content("Something else."))).Kind);
    }

    [Fact]
    public void At_level_1_a_deputy_or_Chair_decides_what_the_only_manager_proposes()
    {
        var life = CaseSimulation.Managed(ManagementLevel.Level1);

        life.Does(SamplePeople.Manager, new ProposeDisclosure { Content = SampleDisclosures.Content() });

        var disclosure = life.Case.Disclosures[0];
        Assert.Equal(SamplePeople.Deputy.Id, disclosure.ApproverId);
        Assert.Equal(
            [SamplePeople.Deputy, SamplePeople.Chair],
            DisclosureApprovers.For(life.Case, SamplePeople.InArea, SamplePeople.Manager));
    }

    [Fact]
    public void A_second_decision_is_a_conflict()
    {
        var life = Proposed();
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Refused));

        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved)).Kind);
    }

    [Fact]
    public void Changed_content_changes_the_hash()
    {
        var content = SampleDisclosures.Content();
        DisclosureContent[] others =
        [
            content with { Information = content.Information + " " },
            content with { RecipientName = "Robin Recipien" },
            content with { RecipientContact = null },
            content with { DiscloserId = SamplePeople.Chair.Id },
            content with { Method = DisclosureMethod.Letter },
            content with { Conditions = "Tell nobody else." },
            content with { PresumptionToDisclose = true },
            content with { SubjectInformed = false },
        ];

        Assert.Equal(content.Hash(), (content with { }).Hash());
        Assert.Equal(others.Length + 1, others.Append(content).Select(one => one.Hash()).Distinct().Count());
    }

    [Fact]
    public void A_policy_that_asks_the_deputy_first_asks_the_deputy_in_time()
    {
        var life = new CaseSimulation { Policy = PolicyBook.Default.WithArea(Area("approval-reminder", 60)) };
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, Samples.Referral()));
        life.Does(SamplePeople.Coordinator, Samples.Accept());
        life.Does(
            SamplePeople.Coordinator,
            new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Chair.Id });
        var asked = life.Now;

        life.LivesUntil(asked.AddDays(5));

        Assert.Equal(
            [(48, nameof(ObligationEscalated)), (60, nameof(ObligationReminded)), (72, nameof(ApprovalLapsed))],
            life.Dated.Where(happened => happened.At > asked).Select(happened =>
                ((int)(happened.At - asked).TotalHours, happened.Event.GetType().Name)));
    }

    [Fact]
    public void A_reminder_that_policy_puts_after_the_end_delays_no_end()
    {
        var life = new CaseSimulation { Policy = PolicyBook.Default.WithArea(Area("approval-reminder", 200)) };
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, Samples.Referral()));
        life.Does(SamplePeople.Coordinator, Samples.Accept());
        life.Does(
            SamplePeople.Coordinator,
            new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Chair.Id });
        var asked = life.Now;

        life.LivesUntil(asked.AddDays(30));

        Assert.Equal(asked.AddHours(72), life.Dated.Single(happened => happened.Event is ApprovalLapsed).At);
    }

    [Theory]
    [InlineData("Deputy", RefusalKind.Forbidden)]
    [InlineData("Manager", RefusalKind.Forbidden)]
    public void A_decision_by_someone_who_was_not_asked_is_refused_and_recorded(string person, RefusalKind kind)
    {
        var life = Proposed();

        var refused = life.Refuses(SamplePeople.Named(person), life.Decision(ApprovalOutcome.Approved));

        Assert.Equal(kind, refused.Kind);
        Assert.Equal(new ApprovalAttemptRefused(1, "You were not asked to make this decision. Your attempt was recorded."), Assert.Single(refused.Record));
    }

    [Theory]
    [InlineData("Referrer")]
    [InlineData("LayAdviser")]
    public void Someone_without_a_part_writes_into_the_case_only_with_a_link_that_was_sent(string person)
    {
        var life = Proposed();
        life.Does(Person.Clock, new IssueApprovalLink(1, 1, "hash-of-the-token", SamplePeople.Chair.Id));
        var stranger = SamplePeople.Named(person);

        var without = life.Refuses(stranger, life.Decision(ApprovalOutcome.Approved));
        var wrong = life.Refuses(stranger, life.Decision(ApprovalOutcome.Approved) with { TokenHash = "another" });
        var with = life.Refuses(stranger, life.Decision(ApprovalOutcome.Approved) with { TokenHash = "hash-of-the-token" });

        Assert.All(new[] { without, wrong, with }, refused => Assert.Equal(RefusalKind.NotFound, refused.Kind));
        Assert.Empty(without.Record);
        Assert.Empty(wrong.Record);
        Assert.Single(with.Record);
    }

    [Fact]
    public void Attempts_of_one_person_are_recorded_up_to_a_bound_and_those_of_another_still_are()
    {
        var life = Proposed();
        for (var i = 0; i < ApprovalAttemptsState.MaxOfPerson; i++)
        {
            var refused = life.Attempts(SamplePeople.Deputy, life.Decision(ApprovalOutcome.Approved));
            Assert.EndsWith("Your attempt was recorded.", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
            Assert.Single(refused.Record);
        }

        var beyond = life.Refuses(SamplePeople.Deputy, life.Decision(ApprovalOutcome.Approved));
        Assert.Empty(beyond.Record);
        Assert.EndsWith("Your earlier attempts were recorded.", Assert.Single(beyond.Problems).Message, StringComparison.Ordinal);
        Assert.Single(life.Refuses(SamplePeople.Manager, life.Decision(ApprovalOutcome.Approved)).Record);
    }

    [Fact]
    public void A_role_taken_away_before_the_decision_is_refused_and_recorded()
    {
        var life = Proposed();

        var refused = life.Refuses(SamplePeople.Chair with { Roles = [Role.LayAdviser] }, life.Decision(ApprovalOutcome.Approved));

        Assert.Equal(RefusalKind.Forbidden, refused.Kind);
        Assert.Contains("no longer hold a role", Assert.IsType<ApprovalAttemptRefused>(Assert.Single(refused.Record)).Reason);
    }

    [Fact]
    public void A_form_with_a_gap_is_no_attempt_to_record()
    {
        var life = Proposed();

        Assert.Empty(life.Refuses(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved) with { Reasons = null }).Record);
    }

    [Fact]
    public void An_approval_has_a_last_day_of_policy_and_the_discloser_is_reminded_it_is_passed_on_and_it_ends()
    {
        var life = CommandTable.At("approved");
        var make = life.Timetable.Find(DisclosureObligations.MakeDisclosure, 1)!;
        Assert.Equal(life.Today.AddDays(28), make.Due!.Day);
        Assert.Equal(SourceConfidence.ProjectDefault, make.Due.Rule!.Confidence);
        var approved = life.Now;

        life.LivesUntil(make.Due.At);

        Assert.Equal(
            [("2026-06-24", nameof(ObligationReminded)), ("2026-06-29", nameof(ObligationEscalated)), ("2026-07-02", nameof(ApprovalEnded))],
            life.Dated.Where(happened => happened.At > approved && happened.Event is not ObligationReminded { Kind.Name: "HoldMeeting" }
                and not ObligationEscalated { Kind.Name: "HoldMeeting" }).Select(happened =>
                (LondonTime.Today(happened.At).ToString("yyyy-MM-dd"), happened.Event.GetType().Name)));
        Assert.Equal(DisclosureStage.ApprovalEnded, life.Case.Disclosures[0].Stage);
        Assert.Equal(SamplePeople.Coordinator.Id, life.Timetable.Find(DisclosureObligations.ReviseDisclosure, 1)!.Owner.PersonId);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(28, 28)]
    public void The_proposer_may_ask_for_an_earlier_last_day(int asked, int expected)
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, Asking(life.Today.AddDays(asked)));
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved));

        var make = life.Timetable.Find(DisclosureObligations.MakeDisclosure, 1)!;

        Assert.Equal(life.Today.AddDays(expected), make.Due!.Day);
        Assert.True(make.EscalateAt > life.Now && make.EscalateAt < make.Due.At);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(29)]
    public void A_last_day_that_has_passed_or_that_policy_does_not_allow_is_refused(int days)
    {
        var life = CaseSimulation.Managed();

        Assert.Equal("MakeBy", Assert.Single(life.Refuses(SamplePeople.Coordinator, Asking(life.Today.AddDays(days))).Problems).Field);
    }

    [Fact]
    public void What_was_to_be_made_before_today_cannot_be_approved()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, Asking(life.Today));
        life.Now = life.Now.AddDays(1);

        Assert.Equal("Outcome", Assert.Single(life.Refuses(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved)).Problems).Field);
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.ChangeRequested));
    }

    [Fact]
    public void The_hash_of_a_content_without_a_last_day_is_that_of_0_2_0()
    {
        var content = SampleDisclosures.Content();

        Assert.NotEqual(content.Hash(), (content with { MakeBy = new(2026, 7, 1) }).Hash());
        Assert.Equal("0ce3", content.Hash()[..4]);
    }

    [Fact]
    public void A_revoked_approval_may_not_be_used_and_what_was_made_before_is_recorded_with_an_explanation()
    {
        var life = CommandTable.At("approved");
        Assert.Equal("Reason", Assert.Single(life.Refuses(SamplePeople.Coordinator, new RevokeApproval(1, " ")).Problems).Field);

        life.Does(SamplePeople.Coordinator, new RevokeApproval(1, "The recipient has moved."));

        Assert.Null(life.Timetable.Find(DisclosureObligations.MakeDisclosure));
        Assert.Equal(RefusalKind.Conflict, life.Refuses(SamplePeople.Chair, new RevokeApproval(1, "Again.")).Kind);
        var act = Samples.Act(life.Today);
        Assert.Equal("Explanation", Assert.Single(life.Refuses(SamplePeople.Manager, new RecordDisclosure(1, act)).Problems).Field);
        life.Does(SamplePeople.Manager, new RecordDisclosure(1, act with { Explanation = "Made this morning." }));
        Assert.Equal([DisclosureDifference.Revoked], life.Case.Disclosures[0].Differences);
    }

    [Theory]
    [InlineData(DisclosureMethod.InPerson, true, 0, "")]
    [InlineData(DisclosureMethod.Letter, true, 0, "OtherMethod")]
    [InlineData(DisclosureMethod.InPerson, false, 0, "NoUndertaking")]
    [InlineData(DisclosureMethod.InPerson, true, 29, "AfterLastDay")]
    [InlineData(DisclosureMethod.Letter, false, 40, "OtherMethod NoUndertaking AfterLastDay")]
    public void What_was_not_made_as_approved_needs_an_explanation(DisclosureMethod method, bool undertook, int days, string differences)
    {
        var life = CommandTable.At("approved");
        life.LivesUntil(life.Now.AddDays(days));
        var act = new DisclosureRecord { On = life.Today, Method = method, RecipientUndertook = undertook };

        if (differences.Length > 0)
            Assert.Equal("Explanation", Assert.Single(life.Refuses(SamplePeople.Manager, new RecordDisclosure(1, act)).Problems).Field);
        life.Does(SamplePeople.Manager, new RecordDisclosure(1, act with { Explanation = "It could not be helped." }));

        Assert.Equal(differences, string.Join(' ', life.Case.Disclosures[0].Differences));
    }

    [Fact]
    public void What_was_made_in_time_can_be_recorded_after_the_approval_ended()
    {
        var life = CommandTable.At("approved");
        var madeOn = life.Today.AddDays(28);
        life.LivesUntil(life.Now.AddDays(30));
        Assert.Equal(DisclosureStage.ApprovalEnded, life.Case.Disclosures[0].Stage);

        life.Does(SamplePeople.Manager, new RecordDisclosure(1, Samples.Act(madeOn)));

        Assert.Empty(life.Case.Disclosures[0].Differences);
    }

    [Fact]
    public void The_approver_names_another_discloser_and_the_approval_stands_as_it_was()
    {
        var life = CommandTable.At("approved");
        var before = life.Case.Disclosures[0];

        life.Does(SamplePeople.Chair, new ReplaceDiscloser(1, SamplePeople.OtherManager.Id, "The manager is ill."));

        var after = life.Case.Disclosures[0];
        Assert.Equal((before.ContentHash, before.Decision, before.Stage), (after.ContentHash, after.Decision, after.Stage));
        Assert.Equal(SamplePeople.OtherManager.Id, life.Timetable.Find(DisclosureObligations.MakeDisclosure)!.Owner.PersonId);
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.Manager, new RecordDisclosure(1, Samples.Act(life.Today))).Kind);
        life.Does(SamplePeople.OtherManager, new RecordDisclosure(1, Samples.Act(life.Today)));
    }

    [Fact]
    public void Anyone_else_who_names_another_discloser_asks_the_approver_again()
    {
        var life = CommandTable.At("approved");

        life.Does(SamplePeople.Coordinator, new ReplaceDiscloser(1, SamplePeople.OtherManager.Id, "The manager is ill."));

        var asked = life.Case.Disclosures[0];
        Assert.Equal((DisclosureStage.AwaitingApproval, 2), (asked.Stage, asked.Request));
        Assert.Equal(asked.Content.Hash(), asked.ContentHash);
        Assert.Equal(RefusalKind.Forbidden, life.Refuses(SamplePeople.OtherManager, new RecordDisclosure(1, Samples.Act(life.Today))).Kind);
        life.Does(SamplePeople.Chair, life.Decision(ApprovalOutcome.Approved));
        life.Does(SamplePeople.OtherManager, new RecordDisclosure(1, Samples.Act(life.Today)));
    }

    [Theory]
    [InlineData("Chair", "Chair")]
    [InlineData("Chair", "Manager")]
    [InlineData("Coordinator", "LayAdviser")]
    [InlineData("Coordinator", "Stranger")]
    public void The_new_discloser_is_another_who_can_disclose_and_not_the_approver(string by, string to)
    {
        var life = CommandTable.At("approved");
        var refused = life.Refuses(SamplePeople.Named(by), new ReplaceDiscloser(1, SamplePeople.Named(to).Id, "Ill."));

        Assert.Equal("DiscloserId", Assert.Single(refused.Problems).Field);
    }

    private static ProposeDisclosure Asking(DateOnly makeBy) =>
        new() { Content = SampleDisclosures.Content() with { MakeBy = makeBy }, ApproverId = SamplePeople.Chair.Id };

    private static CaseSimulation Proposed() => CommandTable.At("proposed");

    private static string Area(string clock, int hours) => $$"""
        {
          "area": "{{SamplePeople.Area}}",
          "clocks": [
            { "id": "{{clock}}", "editions": [{ "edition": "test", "from": "2020-01-01", "amount": {{hours}}, "unit": "hours", "direction": "after", "confidence": "area", "source": "A test." }] }
          ]
        }
        """;
}
