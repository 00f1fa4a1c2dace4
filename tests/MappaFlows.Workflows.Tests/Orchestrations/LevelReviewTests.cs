namespace MappaFlows.Workflows.Tests.Orchestrations;

public sealed class LevelReviewTests : IAsyncLifetime
{
    private Product _product = null!;

    public async ValueTask InitializeAsync() => _product = await Product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Arranging_a_meeting_invites_the_core_agencies_with_a_calendar_entry()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, reference, Arrange(new(2026, 6, 24, 13, 0, 0, TimeSpan.Zero)));

        var invitations = _product.Emails.Sent.Where(email => email.Subject.StartsWith("MAPPA: invitation", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            Agencies.Core.Select(agency => SamplePeople.Mailbox(agency.Id)).Order(),
            invitations.Select(email => email.To).Order());
        var entry = Assert.Single(invitations[0].Attachments);
        Assert.Contains("DTSTART:20260624T130000Z", entry.Content, StringComparison.Ordinal);
        Assert.Contains("METHOD:REQUEST", entry.Content, StringComparison.Ordinal);
        Assert.Contains(reference.ToString(), entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_that_is_moved_replaces_the_calendar_entry()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await _product.DoAsync(SamplePeople.Coordinator, reference, Arrange(new(2026, 6, 24, 13, 0, 0, TimeSpan.Zero)));
        var move = new MoveMeeting
        {
            Number = 1,
            StartsAt = new(2026, 6, 25, 9, 0, 0, TimeSpan.Zero),
            Minutes = 60,
            Place = "Room 2",
            Reason = "The Chair is away.",
        };
        await _product.DoAsync(SamplePeople.Coordinator, reference, move);

        var moved = _product.Emails.Sent.First(email => email.Subject.StartsWith("MAPPA: meeting moved", StringComparison.Ordinal));
        var first = _product.Emails.Sent.First(email => email.Subject.StartsWith("MAPPA: invitation", StringComparison.Ordinal));
        Assert.Equal(Line(first, "UID:"), Line(moved, "UID:"));
        Assert.Equal("SEQUENCE:1", Line(moved, "SEQUENCE:"));
    }

    [Fact]
    public async Task After_a_meeting_the_next_review_is_due_at_the_rhythm_of_the_level_and_the_minutes_have_their_clock()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        var held = await HoldAsync(reference, new(2026, 6, 24, 13, 0, 0, TimeSpan.Zero), ManagementLevel.Level2);

        var timetable = await _product.TimetableAsync(reference);
        Assert.Equal(new DateOnly(2026, 10, 14), timetable.Find(MeetingObligations.HoldMeeting)!.Due!.Day);
        Assert.Equal(new DateOnly(2026, 7, 8), timetable.Find(MeetingObligations.SendMinutes)!.Due!.Day);
        Assert.Equal(1, held.LastMeeting!.Number);

        await _product.AdvanceToAsync(new(2026, 7, 9, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Send the minutes of a meeting"));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Minutes overdue"));
    }

    [Fact]
    public async Task A_meeting_that_no_one_arranges_is_escalated_once()
    {
        await _product.AcceptAsync(ManagementLevel.Level3);
        await _product.AdvanceAsync(TimeSpan.FromDays(60));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Coordinator, "Arrange a meeting"));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Chair, "Meeting overdue"));
    }

    [Fact]
    public async Task At_level_1_the_lead_agency_is_reminded_of_each_review()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level1);
        await _product.AdvanceAsync(TimeSpan.FromDays(16 * 7));
        Assert.Equal(1, _product.Emails.Count(SamplePeople.Manager, "Record your agency’s review"));

        await _product.DoAsync(SamplePeople.Manager, reference, new RecordLevel1Review(new()
        {
            Findings = "Stable.",
            Contact = "Police visit each month.",
            DisclosureConsidered = true,
            DisclosureReasons = "Nobody is at risk.",
            Level = ManagementLevel.Level1,
        }));
        await _product.AdvanceAsync(TimeSpan.FromDays(16 * 7));
        Assert.Equal(2, _product.Emails.Count(SamplePeople.Manager, "Record your agency’s review"));
    }

    [Fact]
    public async Task A_step_down_ends_the_meetings_and_starts_the_lead_agencys_reviews()
    {
        var reference = await _product.AcceptAsync(ManagementLevel.Level2);
        await HoldAsync(reference, new(2026, 6, 24, 13, 0, 0, TimeSpan.Zero), ManagementLevel.Level1);

        var timetable = await _product.TimetableAsync(reference);
        Assert.Null(timetable.Find(MeetingObligations.HoldMeeting));
        Assert.NotNull(timetable.Find(Level1ReviewObligations.ReviewLevel1));
    }

    private async Task<CaseState> HoldAsync(CaseReference reference, DateTimeOffset at, ManagementLevel level)
    {
        var arranged = await _product.DoAsync(SamplePeople.Coordinator, reference, Arrange(at));
        await _product.AdvanceToAsync(at.AddHours(2));
        return await _product.DoAsync(
            SamplePeople.Coordinator,
            reference,
            new RecordMeeting(arranged.NextMeeting!.Number, SampleMeetings.Outcome(arranged.NextMeeting!.Agencies, level)));
    }

    private static ScheduleMeeting Arrange(DateTimeOffset at) => new() { StartsAt = at, Minutes = 90, Place = "Room 1" };

    private static string Line(OutgoingEmail email, string start) =>
        email.Attachments[0].Content.Split("\r\n").Single(line => line.StartsWith(start, StringComparison.Ordinal));
}
