using MappaFlows.Web.Pages.Cases;

namespace MappaFlows.Web.Tests.Cases;

public sealed class TimelineTests
{
    private static readonly DateOnly Day = new(2026, 7, 1);
    private static readonly DateTimeOffset At = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly CaseReference Reference = CaseReference.For("somebody", "key");
    private static readonly EligibilityBasis Basis = new("1", Category.Category1, "notification", Day, null, true, EndRules.NotificationPeriod);

    /// <summary>One of every kind, and the title that the timeline gives it.</summary>
    public static TheoryData<CaseEvent, string> Events => new()
    {
        { new ReferralSubmitted(Reference, SampleReferrals.Of(Day)), "Referral received" },
        { new InformationRequested("Where?"), "More information asked for" },
        { new InformationGiven("There"), "Question answered" },
        { new ReferralAccepted(ManagementLevel.Level3, "Reasons", [Basis]), "Accepted at level 3" },
        { new ReferralRefused("Reasons"), "Referral not accepted" },
        { new MeetingScheduled(2, ManagementLevel.Level2, At, 60, "Room 1", ["police", "gone"], null), "Meeting 2 arranged" },
        { new MeetingMoved(2, At, 60, "Room 2", "Snow"), "Meeting 2 moved" },
        { new MeetingRecorded(2, new() { Attendance = [new("police", AttendanceStatus.Apologies)] }), "Meeting 2 held and recorded" },
        { new MinutesSent(2), "Minutes of meeting 2 sent" },
        { new Level1ReviewRecorded(1, new() { Findings = "Calm" }), "Lead agency’s review 1 recorded" },
        { new LevelChanged(ManagementLevel.Level1, ManagementLevel.Level2, "Reasons"), "Level changed from 1 to 2" },
        { new DisclosureProposed(1, new() { RecipientName = "Robin" }, "hash", "chair", null), "Disclosure 1 proposed" },
        { new DisclosureRevised(1, new() { RecipientName = "Robin" }, "hash"), "Disclosure 1 changed" },
        { new DisclosureWithdrawn(1, "Reasons"), "Disclosure 1 withdrawn" },
        { new ApprovalLinkIssued(1, 1, "hash", "chair", At), "Link to decide on disclosure 1 sent" },
        { new ApprovalAttemptRefused(1, "Too late"), "Attempt to decide on disclosure 1 refused" },
        { new ApprovalLapsed(1), "Disclosure 1 not decided in time" },
        { new DisclosureDecided(1, ApprovalOutcome.Refused, "Reasons", "hash"), "Disclosure 1 refused" },
        { new DisclosureMade(1, new() { On = Day, Method = DisclosureMethod.Letter }), "Disclosure 1 made" },
        { new DisclosureMade(2, new() { Explanation = "Abroad" }, [DisclosureDifference.OtherMethod]), "Disclosure 2 made" },
        { new ApprovalEnded(1, Day), "Approval of disclosure 1 ended" },
        { new ApprovalRevoked(1, "Reasons"), "Approval of disclosure 1 revoked" },
        { new DiscloserReplaced(1, "sam", "chair", "Reasons", AsksAgain: false), "Another discloser named for disclosure 1" },
        { new DateChanged(CaseDate.SentenceExpiry, Day, null, "Reasons"), "Sentence expiry changed" },
        { new EligibilityAdded(Basis, "A new order"), "Sentence or order added" },
        { new CategoryChanged(Category.Category1, Category.Category2, "Because"), "Category 1 replaced by Category 2" },
        { new PreExitReviewRecorded("All well", false), "Review before exit recorded" },
        { new ObligationReminded(MeetingObligations.SendMinutes, 2, At), "Reminder sent" },
        { new ObligationEscalated(MeetingObligations.SendMinutes, 2, At), "Overdue, and passed on" },
        { new ObligationReminded(MeetingObligations.SendMinutes, 2, At, Late: true), "Reminder left out" },
        { new ObligationEscalated(MeetingObligations.SendMinutes, 2, At, Late: true), "Overdue, and not passed on" },
        { new ObligationStillOverdue(MeetingObligations.SendMinutes, 2, At, 3), "Still overdue, and told again" },
        { new OwnerReminded(MeetingObligations.SendMinutes, 2, At, Role.Coordinator, null), "Reminded again by a colleague" },
        { new EscalationNoted(MeetingObligations.SendMinutes, 2, At, "I telephoned"), "Note on what was passed on" },
        { new CaseClosed(ExitReason.Death, Day, "Explained"), "Case closed" },
        { new CaseClosed(ExitReason.Death, Day, "Explained", [new(MeetingObligations.HoldMeeting, 2)]), "Case closed" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_a_title_of_its_own(CaseEvent happened, string title)
    {
        var entry = Tell(happened, "sam", "Sam Sample");

        Assert.Equal(title, entry.Title);
        Assert.Equal("Sam Sample", entry.By);
        Assert.Equal(At, entry.When);
        Assert.All(entry.Details, detail => Assert.False(string.IsNullOrWhiteSpace(detail.Text)));
        Assert.DoesNotContain(entry.Details, detail => detail.Text.Contains("hash", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_event_has_a_timeline_entry()
    {
        var known = CaseFeatures.Model.Events.All.Values.Select(type => type.Name);
        var missing = known.Except(Events.Select(row => row.Data.Item1.GetType().Name));

        Assert.True(!missing.Any(), $"Add a row to TimelineTests for: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Clock_events_show_no_actor()
    {
        Assert.Null(Tell(new ApprovalLapsed(1), Person.Clock.Id, Person.Clock.Name).By);
    }

    [Fact]
    public void People_and_agencies_are_named_and_those_who_are_gone_keep_their_id()
    {
        var link = Tell(new ApprovalLinkIssued(1, 1, "hash", "chair", At), "clock", "");
        var meeting = Tell(new MeetingScheduled(2, ManagementLevel.Level2, At, 60, "Room 1", ["police", "gone"], null), "sam", "Sam");

        Assert.Contains(new("To", "Charlie Chair"), link.Details);
        Assert.Contains(new("Invited", "Police and gone"), meeting.Details);
    }

    private static TimelineEntry Tell(CaseEvent happened, string actorId, string actorName) =>
        TimelineEntry.Of(
            new(new("Cases", Reference.ToString()), new(new(1, At, actorId, actorName), happened.GetType().Name, "{}", "", ""), happened),
            WebFeatures.Create(),
            id => id == "chair" ? "Charlie Chair" : id);
}
