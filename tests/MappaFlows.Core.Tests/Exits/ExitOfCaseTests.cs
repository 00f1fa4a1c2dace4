using System.Text.Json;
using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Exits;

/// <summary>How a case comes to its end, and what moves when a date of it does.</summary>
public sealed class ExitOfCaseTests
{
    private static readonly DateTimeOffset EndOfSentence = new(2029, 1, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_the_end_of_its_last_day_the_case_closes_once_and_not_a_moment_before()
    {
        var life = CaseSimulation.Managed();

        life.LivesUntil(EndOfSentence.AddTicks(-1));
        Assert.True(life.Case.IsManaged);
        life.LivesUntil(EndOfSentence);

        Assert.Equal((ExitReason.SentenceExpired, new DateOnly(2029, 1, 9)), (life.Case.Exit!.Reason, life.Case.Exit!.LastDay));
        Assert.Equal(EndOfSentence, life.Case.Exit!.At);
        life.LivesUntil(EndOfSentence.AddYears(20));
        Assert.Single(life.Events.OfType<CaseClosed>());
    }

    [Theory]
    [InlineData(Category.Category1, ExitReason.NotificationEnded, "2031-06-02T23:00Z")]
    [InlineData(Category.Category2, ExitReason.SentenceExpired, "2029-01-10T00:00Z")]
    [InlineData(Category.Category4, ExitReason.TerrorismRequirementEnded, "2031-06-02T23:00Z")]
    public void Each_category_ends_at_its_own_date_in_London(Category category, ExitReason reason, string at)
    {
        var life = CaseSimulation.Managed(category: category);

        life.LivesUntil(new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal((reason, DateTimeOffset.Parse(at)), (life.Case.Exit!.Reason, life.Case.Exit!.At));
    }

    [Fact]
    public void Category_3_never_ends_by_itself()
    {
        var life = CaseSimulation.Managed(category: Category.Category3);

        life.LivesUntil(new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.True(life.Case.IsManaged);
        life.Does(SamplePeople.Chair, new DecideExit { Reason = ExitReason.MeetingsNoLongerNeeded, LastDay = life.Today, Reasons = "Settled." });
        Assert.Equal(CaseStage.Closed, life.Case.Stage);
    }

    [Fact]
    public void A_varied_sentence_moves_the_exit_and_both_reviews_before_it()
    {
        var life = CaseSimulation.Managed();
        Assert.Equal(["2028-07-09", "2028-12-12", "2029-01-09"], ExitDays(life));

        life.Does(SamplePeople.Manager, Samples.Expiry(life, new(2030, 8, 31)));

        Assert.Equal(["2030-02-28", "2030-08-03", "2030-08-31"], ExitDays(life));
        life.LivesUntil(EndOfSentence.AddDays(1));
        Assert.True(life.Case.IsManaged);
        life.LivesUntil(new(2030, 8, 31, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2030, 8, 31), life.Case.Exit!.LastDay);
    }

    [Fact]
    public void A_review_before_the_old_exit_does_not_stand_for_the_one_before_the_new()
    {
        var life = CommandTable.At("near exit");
        life.Does(SamplePeople.Manager, new RecordPreExitReview { Conclusion = "May end.", ConsiderCategory3 = false });
        Assert.Equal(["2028-12-12", "2029-01-09"], ExitDays(life));

        life.Does(SamplePeople.Manager, Samples.Expiry(life, new(2031, 1, 9)));

        Assert.Equal(["2030-07-09", "2030-12-12", "2031-01-09"], ExitDays(life));
    }

    [Fact]
    public void The_reviews_before_the_exit_are_reminded_of_and_escalated_once_each()
    {
        var life = CaseSimulation.Managed();

        life.LivesUntil(EndOfSentence.AddMinutes(-1));

        Assert.Equal(2, life.Events.OfType<ObligationReminded>().Count(reminded => reminded.Kind == ExitObligations.ReviewBeforeExit));
        Assert.Equal(2, life.Events.OfType<ObligationEscalated>().Count(late => late.Kind == ExitObligations.ReviewBeforeExit));
    }

    [Fact]
    public void A_review_before_the_exit_cannot_be_recorded_years_before()
    {
        Assert.Equal(
            RefusalKind.Conflict,
            CaseSimulation.Managed().Refuses(SamplePeople.Manager,
                new RecordPreExitReview { Conclusion = "Early.", ConsiderCategory3 = false }).Kind);
    }

    [Fact]
    public void A_new_basis_that_goes_before_takes_over_at_once_and_hands_back_when_it_ends()
    {
        var life = CaseSimulation.Managed();

        life.Does(SamplePeople.Coordinator, New(Category.Category1, new(2027, 6, 2)));
        Assert.Equal(Category.Category1, life.Case.Category);
        Assert.Contains("Category 1 manages the case now, until the end of 2 June 2027", life.Timetable.Find(ExitObligations.ChangeCategory)!.Due!.Explanation);

        life.LivesUntil(new(2027, 6, 2, 22, 59, 0, TimeSpan.Zero));
        Assert.Equal(Category.Category1, life.Case.Category);
        life.LivesUntil(new(2027, 6, 2, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(Category.Category2, life.Case.Category);
        life.LivesUntil(EndOfSentence);
        Assert.Equal(ExitReason.SentenceExpired, life.Case.Exit!.Reason);
    }

    [Fact]
    public void An_endless_requirement_beside_a_dated_one_of_its_category_keeps_the_case_open_and_the_clock_at_rest()
    {
        var life = CaseSimulation.Managed(category: Category.Category1);
        life.Does(SamplePeople.Coordinator, New(Category.Category1, null));

        life.LivesUntil(new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.True(life.Case.IsManaged);
        Assert.Null(life.Timetable.Find(ExitObligations.ChangeCategory));
        Assert.Empty(life.Events.OfType<CategoryChanged>());
    }

    [Fact]
    public void A_category_whose_end_is_put_off_again_comes_back_at_once()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, New(Category.Category1, new(2027, 6, 2)));
        life.LivesUntil(new(2027, 7, 1, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal(Category.Category2, life.Case.Category);

        life.Does(SamplePeople.Coordinator, Samples.Change(life, CaseDate.NotificationEnd, new(2032, 6, 2)));

        Assert.Equal(Category.Category1, life.Case.Category);
    }

    [Fact]
    public void Category_3_that_takes_over_at_level_1_goes_up_to_a_level_that_has_meetings()
    {
        var life = CaseSimulation.Managed(category: Category.Category1);
        life.Does(SamplePeople.Coordinator, new AddEligibility { Category = Category.Category3, StartsOn = new(2026, 1, 1), Reason = "Dangerous." });
        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(7)));
        life.Now = life.Now.AddDays(8);
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case, ManagementLevel.Level1)));

        life.LivesUntil(new(2031, 6, 2, 23, 0, 0, TimeSpan.Zero));

        Assert.Equal((Category.Category3, ManagementLevel.Level2), (life.Case.Category, life.Case.Level));
        Assert.Equal(new DateOnly(2031, 7, 1), life.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.Day);
    }

    [Fact]
    public void The_end_of_Category_4_can_be_moved()
    {
        var life = CaseSimulation.Managed(category: Category.Category4);

        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.TerrorismRequirementEnd, new(2041, 6, 2)));

        Assert.Equal(new DateOnly(2041, 6, 2), life.Timetable.Forecast!.ExitDay);
    }

    [Theory]
    [InlineData("2030-01-01", "2031-06-02")]
    [InlineData("2035-01-01", "2035-01-01")]
    public void Category_4_ends_on_the_later_of_licence_and_notification_also_when_the_licence_moves(string licence, string exit)
    {
        var life = CaseSimulation.Managed(category: Category.Category4);

        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, DateOnly.Parse(licence)));

        Assert.Equal(DateOnly.Parse(exit), life.Timetable.Forecast!.ExitDay);
        Assert.Equal(DateOnly.Parse(licence), life.Case.LicenceEnd);
    }

    [Fact]
    public void A_licence_that_ended_Category_4_and_is_cut_short_leaves_the_notification_to_end_it()
    {
        var life = CaseSimulation.Managed(category: Category.Category4);
        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, new(2035, 1, 1)));

        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, new(2028, 1, 1)));

        Assert.Equal(new DateOnly(2031, 6, 2), life.Timetable.Forecast!.ExitDay);
    }

    [Fact]
    public void The_end_of_any_basis_that_still_runs_can_be_moved_and_the_others_stay()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, New(Category.Category2, new(2028, 6, 2)));
        life.Does(SamplePeople.Coordinator, New(Category.Category2, new(2027, 6, 2)));

        var changed = life.Does(SamplePeople.Manager, new ChangeDate
        {
            Date = CaseDate.SentenceExpiry,
            BasisId = "2",
            From = new(2028, 6, 2),
            To = new(2033, 3, 4),
            Reason = "Varied.",
        });

        Assert.Equal(new DateChanged(CaseDate.SentenceExpiry, new(2028, 6, 2), new(2033, 3, 4), "Varied.", "2"), changed[0]);
        Assert.Equal<DateOnly?>([new(2029, 1, 9), new(2033, 3, 4), new(2027, 6, 2)], life.Case.Bases.Select(basis => basis.EndsOn));
        Assert.Equal(new DateOnly(2033, 3, 4), life.Timetable.Forecast!.ExitDay);
    }

    [Fact]
    public void Where_several_bases_run_it_has_to_be_said_which_is_meant_and_one_that_ended_is_not_among_them()
    {
        var life = CaseSimulation.Managed();
        life.Does(SamplePeople.Coordinator, New(Category.Category2, new(2027, 6, 2)));
        Assert.Equal(
            [nameof(ChangeDate.BasisId)],
            life.Refuses(SamplePeople.Manager, Samples.Expiry(life, new(2033, 1, 1)) with { BasisId = null }).Problems.Select(problem =>
                problem.Field));

        life.LivesUntil(new(2027, 6, 3, 9, 0, 0, TimeSpan.Zero));
        var stillRunning = Assert.Single(DateDecisions.Changeable(life.Case, life.Today), date => date.Date == CaseDate.SentenceExpiry);
        Assert.Equal("1", stillRunning.Basis!.Id);
        life.Refuses(SamplePeople.Manager, Samples.Expiry(life, new(2033, 1, 1)) with { BasisId = "2", From = new(2027, 6, 2) });
        life.Does(SamplePeople.Manager, Samples.Expiry(life, new(2033, 1, 1)) with { BasisId = null });

        Assert.Equal<DateOnly?>([new(2033, 1, 1), new(2027, 6, 2)], life.Case.Bases.Select(basis => basis.EndsOn));
    }

    [Fact]
    public void Concurrent_date_change_is_refused_with_the_current_date()
    {
        var life = CaseSimulation.Managed();
        var (one, other) = (Samples.Expiry(life, new(2030, 1, 1)), Samples.Expiry(life, new(2031, 1, 1)));

        life.Does(SamplePeople.Manager, one);
        var refused = life.Refuses(SamplePeople.Coordinator, other);

        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        var problem = Assert.Single(refused.Problems);
        Assert.Equal(nameof(ChangeDate.From), problem.Field);
        Assert.Contains("It is 1 January 2030 now.", problem.Message);
        life.Does(SamplePeople.Coordinator, other with { From = new(2030, 1, 1) });
    }

    [Fact]
    public void A_change_of_one_date_does_not_stand_against_a_change_of_another()
    {
        var life = CaseSimulation.Managed();
        var (release, expiry) = (Samples.Change(life, CaseDate.Release, new(2027, 3, 1)), Samples.Expiry(life, new(2031, 1, 1)));

        life.Does(SamplePeople.Manager, release);
        life.Does(SamplePeople.Coordinator, expiry);

        Assert.Equal(new DateOnly(2027, 3, 1), life.Case.ReleaseDate);
    }

    [Fact]
    public void A_date_that_lost_its_end_meanwhile_says_so()
    {
        var life = CaseSimulation.Managed(category: Category.Category1);
        var late = Samples.Change(life, CaseDate.NotificationEnd, new(2040, 1, 1));

        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.NotificationEnd, null));

        Assert.Contains("It has no end now.", life.Refuses(SamplePeople.Coordinator, late).Problems[0].Message);
    }

    [Fact]
    public void A_licence_moves_the_basis_that_ends_with_it_and_not_a_newer_one()
    {
        var life = CaseSimulation.Managed(category: Category.Category4);
        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, new(2035, 1, 1)));
        life.Does(SamplePeople.Coordinator, New(Category.Category4, new(2033, 1, 1)));

        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, new(2036, 1, 1)));

        Assert.Equal<DateOnly?>([new(2036, 1, 1), new(2033, 1, 1)], life.Case.Bases.Select(basis => basis.EndsOn));
    }

    [Fact]
    public void A_case_that_closes_takes_back_what_waits_for_an_approver()
    {
        var life = CommandTable.At("near exit");
        life.LivesUntil(EndOfSentence.AddHours(-5));
        life.Does(
            SamplePeople.Coordinator,
            new ProposeDisclosure { Content = SampleDisclosures.Content(), ApproverId = SamplePeople.Chair.Id });

        life.LivesUntil(EndOfSentence);

        Assert.Equal(Core.Disclosures.DisclosureStage.Withdrawn, life.Case.Disclosures[0].Stage);
        Assert.Empty(life.Timetable.Obligations);
    }

    [Fact]
    public void A_clock_that_was_stopped_for_years_says_of_each_thing_once_what_became_of_it()
    {
        var life = CommandTable.At("proposed");
        life.Now = EndOfSentence.AddYears(3);

        var events = life.Attends();

        Assert.Single(events.OfType<ApprovalLapsed>());
        Assert.Empty(events.OfType<DisclosureWithdrawn>());
        Assert.IsType<CaseClosed>(events[^1]);
        Assert.Empty(life.Attends());
    }

    [Fact]
    public void A_life_sentence_has_no_exit_until_someone_ends_it()
    {
        var life = new CaseSimulation();
        var referral = Samples.Referral(Category.Category2);
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, referral with
        {
            Offence = referral.Offence with { Disposal = Disposal.LifeOrPublicProtection },
            Dates = referral.Dates with { SentenceExpiry = null, SentenceIndefinite = true },
        }));
        life.Does(SamplePeople.Coordinator, Samples.Accept());
        Assert.Equal("There is no exit date: the sentence or order of Category 2 has no end.", life.Timetable.Forecast!.Explanation);

        life.LivesUntil(EndOfSentence.AddYears(30));
        Assert.True(life.Case.IsManaged);

        life.Does(SamplePeople.Manager, Samples.Expiry(life, life.Today));
        life.LivesUntil(life.Now.AddDays(1));
        Assert.Equal(ExitReason.SentenceExpired, life.Case.Exit!.Reason);
    }

    [Fact]
    public void A_sentence_without_end_may_be_added_and_holds_past_the_one_with_an_end()
    {
        var life = CaseSimulation.Managed();

        life.Does(SamplePeople.Coordinator, New(Category.Category2, null));

        Assert.Equal(ExitOutcome.Indefinite, life.Timetable.Forecast!.Outcome);
        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.LicenceEnd, new(2045, 1, 1)));
        life.Does(SamplePeople.Manager, Samples.Change(life, CaseDate.Release, new(2040, 1, 1)));
        life.LivesUntil(EndOfSentence.AddYears(30));
        Assert.True(life.Case.IsManaged);
    }

    [Fact]
    public void Notification_counts_from_the_conviction_where_it_was_before_the_sentence()
    {
        var life = new CaseSimulation();
        var referral = Samples.Referral(Category.Category1);
        life.Does(SamplePeople.Referrer, new SubmitReferral(
            Samples.Reference, referral with { Dates = referral.Dates with { Conviction = referral.Dates.Sentence!.Value.AddDays(-40) } }));

        life.Does(SamplePeople.Coordinator, Samples.Accept(ManagementLevel.Level1));

        Assert.Equal(referral.Dates.Sentence!.Value.AddDays(-40), Assert.Single(life.Case.Bases).StartsOn);
    }

    private static AddEligibility New(Category category, DateOnly? ends) => new()
    {
        Category = category,
        StartsOn = new(2026, 1, 1),
        EndsOn = ends,
        Indefinite = ends is null,
        Reason = "New order.",
    };

    private static IEnumerable<string> ExitDays(CaseSimulation life) =>
        life.Timetable.Obligations.Where(
            obligation => ExitObligations.Kinds.Contains(obligation.Kind)).Select(obligation => obligation.Due!.Day.ToString("yyyy-MM-dd"));
}
