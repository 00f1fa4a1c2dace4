using Microsoft.AspNetCore.Mvc.Filters;

namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>One meeting, arranged or held, whole.</summary>
public sealed class MeetingModel(
    CaseCommands commands,
    IPeopleDirectory people,
    PolicyBook policy,
    WorkingCalendar calendar,
    TimeProvider time) : MeetingPage(commands)
{
    public MeetingNotice Notice => MeetingNotice.Of(Case, Meeting.StartsAt, policy, calendar);

    public bool HasShortNotice =>
        Meeting.Outcome is null && Meeting.StartsAt > time.GetUtcNow() && Notice.IsShort(LondonTime.Today(time.GetUtcNow()));

    /// <summary>Why the time may be a slip; null where it is an ordinary one, or the meeting is recorded.</summary>
    public string? UnusualTime => Meeting.Outcome is null ? MeetingTimes.Unusual(Meeting.StartsAt, calendar) : null;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>By when the rule wants it held; null once it is.</summary>
    public Obligation? HoldBy => Timetable.Find(MeetingObligations.HoldMeeting, Number);

    public bool MayRecord => Case.IsManaged && Meeting.StartsAt <= time.GetUtcNow() && View.May(new RecordMeeting(Number, new()));

    public bool MayMove => Case.IsManaged && View.May(new MoveMeeting());

    public bool MaySendMinutes => Meeting.MinutesSentAt is null && View.May(Kind);

    protected override CaseCommand Kind => new SendMinutes(Number);

    /// <summary>A reader of the case may read its meetings.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Case.Meetings.All(meeting => meeting.Number != Number)) context.Result = NotFound();
    }

    /// <summary>The invited agencies that no invitation reaches; none once the meeting is recorded.</summary>
    public IReadOnlyList<string> WithoutMailbox { get; private set; } = [];

    public async Task OnGetAsync()
    {
        if (Meeting.Outcome is null)
            WithoutMailbox = await people.WithoutMailboxAsync(Case.AreaCode, Meeting.Agencies, HttpContext.RequestAborted);
    }
}
