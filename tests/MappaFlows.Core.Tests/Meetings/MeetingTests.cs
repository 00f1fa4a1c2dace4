using MappaFlows.Core.Tests.Cases;

namespace MappaFlows.Core.Tests.Meetings;

public sealed class MeetingTests
{
    [Theory]
    [InlineData(ManagementLevel.Level2, null, "2026-07-01")]
    [InlineData(ManagementLevel.Level3, null, "2026-06-17")]
    [InlineData(ManagementLevel.Level3, "A release within the week", "2026-06-10")]
    public void The_first_meeting_is_due_on_the_levels_own_clock(ManagementLevel level, string? emergency, string day)
    {
        var life = new CaseSimulation();
        var referral = Samples.Referral(level: level);
        referral = referral with { Placement = referral.Placement with { EmergencyReason = emergency } };
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, referral));
        life.Does(SamplePeople.Coordinator, Samples.Accept(level));

        Assert.Equal(DateOnly.Parse(day), life.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.Day);
    }

    [Theory]
    [InlineData(ManagementLevel.Level2, "2026-09-30")]
    [InlineData(ManagementLevel.Level3, "2026-08-05")]
    public void The_next_review_is_counted_from_the_meeting_at_the_level_that_it_decided(ManagementLevel level, string day)
    {
        var life = CommandTable.At("held");

        life.Does(SamplePeople.Chair, new RecordMeeting(1, Samples.Outcome(life.Case, level)));

        Assert.Equal(DateOnly.Parse(day), life.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.Day);
    }

    [Fact]
    public void A_meeting_that_goes_down_to_level_1_starts_the_lead_agencys_clock()
    {
        var life = CommandTable.At("held");

        var events = life.Does(SamplePeople.Chair, new RecordMeeting(1, Samples.Outcome(life.Case, ManagementLevel.Level1)));

        Assert.IsType<LevelChanged>(events[1]);
        Assert.Equal(new DateOnly(2026, 9, 30), life.Timetable.Find(Level1ReviewObligations.ReviewLevel1)!.Due!.Day);
        Assert.Null(life.Timetable.Find(MeetingObligations.HoldMeeting));
    }

    [Fact]
    public void A_meeting_that_was_held_without_being_arranged_can_be_entered_and_recorded()
    {
        var life = CaseSimulation.Managed();
        life.Now = life.Now.AddDays(3);

        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(-1)));
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case)));

        Assert.True(life.Case.LastMeeting!.IsHeld);
    }

    [Theory]
    [InlineData("2026-12-25T03:00Z", "at 3am on Christmas Day")]
    [InlineData("2026-12-25T10:00Z", "on Christmas Day")]
    [InlineData("2026-06-06T09:00Z", "on a Saturday")]
    [InlineData("2026-06-08T22:30Z", "at 11:30pm on a Monday")]
    [InlineData("2026-06-08T09:00Z", null)]
    public void A_time_that_may_be_a_slip_is_said(string startsAt, string? unusual) =>
        Assert.Equal(unusual, MeetingTimes.Unusual(DateTimeOffset.Parse(startsAt), WorkingCalendar.EnglandAndWales));

    [Fact]
    public void Core_agencies_and_the_lead_agency_are_always_invited_once_each()
    {
        var life = CaseSimulation.Managed();

        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(14)) with { Agencies = ["health", "police", "health"] });

        Assert.Equal(["police", "probation", "prisons", "health"], life.Case.NextMeeting!.Agencies);
    }

    [Theory]
    [InlineData(ManagementLevel.Level2, null, "2026-07-01")]
    [InlineData(ManagementLevel.Level3, null, "2026-06-17")]
    [InlineData(ManagementLevel.Level3, "A release within the week", "2026-06-10")]
    public void The_rules_date_stays_as_it_is_until_the_meeting_is_recorded_as_held(ManagementLevel level, string? emergency, string day)
    {
        var life = new CaseSimulation();
        var referral = Samples.Referral(level: level);
        referral = referral with { Placement = referral.Placement with { EmergencyReason = emergency } };
        life.Does(SamplePeople.Referrer, new SubmitReferral(Samples.Reference, referral));
        life.Does(SamplePeople.Coordinator, Samples.Accept(level));
        Owed(isArranged: false);

        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(5)));
        Owed(isArranged: true);
        life.Does(SamplePeople.Coordinator, Move(life.Now.AddDays(6)));
        Owed(isArranged: true);
        life.Does(SamplePeople.Coordinator, Move(life.Now.AddYears(1)) with { LateReason = "The Chair is ill." });
        Owed(isArranged: true);
        life.LivesUntil(life.Now.AddMonths(6));
        Owed(isArranged: true);
        Assert.Contains(life.Events, happened => happened is ObligationEscalated { Kind.Name: "HoldMeeting", Number: 1 });

        life.LivesUntil(life.Case.NextMeeting!.StartsAt.AddHours(2));
        var outcome = Samples.Outcome(life.Case, level) with { Decisions = [new("Visit weekly", "The risk is acute")] };
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, outcome));
        Assert.Null(life.Timetable.Find(MeetingObligations.HoldMeeting, 1));

        void Owed(bool isArranged)
        {
            var hold = life.Timetable.Find(MeetingObligations.HoldMeeting, 1)!;
            Assert.Equal((DateOnly.Parse(day), isArranged), (hold.Due!.Day, hold.IsArranged));
        }
    }

    [Fact]
    public void A_meeting_of_a_later_round_keeps_its_rules_date_too()
    {
        var life = CommandTable.At("held");
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case)));
        var due = life.Timetable.Find(MeetingObligations.HoldMeeting, 2)!.Due;

        life.Does(SamplePeople.Coordinator, SampleMeetings.At(due!.At.AddDays(-1)));
        var moved = Move(due.At.AddMinutes(1)) with { Number = 2 };

        Assert.Equal(nameof(MoveMeeting.LateReason), Assert.Single(life.Refuses(SamplePeople.Coordinator, moved).Problems).Field);
        life.Does(SamplePeople.Coordinator, moved with { LateReason = "The Chair is ill." });
        Assert.Equal(due, life.Timetable.Find(MeetingObligations.HoldMeeting, 2)!.Due);
    }

    [Fact]
    public void A_meeting_that_is_arranged_in_time_needs_no_reminder_to_arrange_it_and_is_passed_on_when_its_record_is_late()
    {
        var life = CommandTable.At("arranged");

        life.LivesUntil(life.Now.AddDays(60));
        Assert.Contains(life.Events, happened => happened is ObligationStillOverdue { Kind.Name: "RecordMeeting", Times: 1 });

        Assert.Equal(
            ["reminded RecordMeeting", "escalated RecordMeeting"],
            life.Events.Select(happened => happened switch
            {
                ObligationReminded reminded => $"reminded {reminded.Kind}",
                ObligationEscalated escalated => $"escalated {escalated.Kind}",
                _ => "",
            }).Where(line => line.Length > 0));
        Assert.True(life.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.At < life.Now);
    }

    [Fact]
    public void Moving_a_meeting_asks_what_arranging_it_asks()
    {
        var arranged = CommandTable.At("arranged");
        var fresh = CaseSimulation.Managed();
        var last = fresh.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.At;

        foreach (var at in new[] { last, last.AddMinutes(1), last.AddDays(100) })
        {
            foreach (var reason in new[] { null, " ", "The Chair is ill." })
            {
                var arranging = fresh.Decides(SamplePeople.Coordinator, SampleMeetings.At(at) with { LateReason = reason });
                var moving = arranged.Decides(SamplePeople.Coordinator, Move(at) with { LateReason = reason });
                Assert.Equal(Outcome(arranging), Outcome(moving));
            }
        }

        static string Outcome(Decision decision) => decision is Decision.Accepted { Events: [.., var happened] }
            ? $"kept: {(happened as MeetingScheduled)?.LateReason}{(happened as MeetingMoved)?.LateReason}"
            : CaseSimulation.Words(decision);
    }

    private static MoveMeeting Move(DateTimeOffset to) =>
        new() { Number = 1, StartsAt = to, Minutes = 60, Place = "Room 2", Reason = "Ill." };

    [Fact]
    public void A_late_meeting_keeps_its_reason_and_one_in_time_keeps_none()
    {
        var late = CaseSimulation.Managed();
        late.Does(SamplePeople.Coordinator, SampleMeetings.At(late.Now.AddDays(60)) with { LateReason = "The Chair is ill." });
        var inTime = CaseSimulation.Managed();
        inTime.Does(SamplePeople.Coordinator, SampleMeetings.At(inTime.Now.AddDays(14)) with { LateReason = "The Chair is ill." });

        Assert.Equal("The Chair is ill.", Assert.IsType<MeetingScheduled>(late.Events[^1]).LateReason);
        Assert.Null(Assert.IsType<MeetingScheduled>(inTime.Events[^1]).LateReason);
    }

    [Fact]
    public void The_last_minute_of_the_last_day_is_in_time_and_the_next_is_late()
    {
        var life = CaseSimulation.Managed();
        var midnight = new DateTimeOffset(2026, 7, 1, 23, 0, 0, TimeSpan.Zero);

        Assert.IsType<Decision.Accepted>(life.Decides(SamplePeople.Coordinator, SampleMeetings.At(midnight)));
        Assert.IsType<Decision.Refused>(life.Decides(SamplePeople.Coordinator, SampleMeetings.At(midnight.AddMinutes(1))));
    }

    [Theory]
    [InlineData(ManagementLevel.Level2, "2026-06-24")]
    [InlineData(ManagementLevel.Level3, "2026-06-17")]
    public void Minutes_are_owed_on_the_clock_of_the_level_at_which_the_meeting_was_held(ManagementLevel level, string day)
    {
        var life = CaseSimulation.Managed(level);
        life.Does(SamplePeople.Coordinator, SampleMeetings.At(life.Now.AddDays(7)));
        life.Now = life.Now.AddDays(7).AddHours(2);
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case, ManagementLevel.Level2)));

        Assert.Equal(DateOnly.Parse(day), life.Timetable.Find(MeetingObligations.SendMinutes)!.Due!.Day);
        life.Does(SamplePeople.Coordinator, new SendMinutes(1));
        Assert.Null(life.Timetable.Find(MeetingObligations.SendMinutes));
    }

    [Fact]
    public void A_moved_meeting_is_owed_at_its_new_time_only()
    {
        var life = CommandTable.At("arranged");
        var newTime = life.Now.AddDays(20);

        life.Does(SamplePeople.Coordinator, new MoveMeeting { Number = 1, StartsAt = newTime, Minutes = 60, Place = " Room 2 ", Reason = "Ill." });

        Assert.Equal(1, life.Case.NextMeeting!.Moves);
        Assert.Equal("Room 2", life.Case.NextMeeting!.Place);
        life.Now = newTime.AddMinutes(-1);
        Assert.Equal(RefusalKind.Invalid, life.Refuses(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case))).Kind);
        life.Now = newTime;
        life.Does(SamplePeople.Coordinator, new RecordMeeting(1, Samples.Outcome(life.Case)));
    }

    [Fact]
    public void Each_level_1_review_starts_the_clock_again_and_a_step_up_asks_for_a_first_meeting()
    {
        var life = CaseSimulation.Managed(ManagementLevel.Level1);
        Assert.Equal(new DateOnly(2026, 9, 23), life.Timetable.Find(Level1ReviewObligations.ReviewLevel1)!.Due!.Day);

        life.Now = life.Now.AddDays(70);
        life.Does(SamplePeople.Manager, new RecordLevel1Review(Samples.Review()));
        Assert.Equal(life.Today.AddDays(112), life.Timetable.Find(Level1ReviewObligations.ReviewLevel1)!.Due!.Day);

        life.Does(SamplePeople.Manager, new RecordLevel1Review(Samples.Review(ManagementLevel.Level2)));
        Assert.Null(life.Timetable.Find(Level1ReviewObligations.ReviewLevel1));
        Assert.StartsWith("20 working days after the case was accepted", life.Timetable.Find(MeetingObligations.HoldMeeting)!.Due!.Explanation);
    }
}
