namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>The notice that policy gives the agencies before a meeting.</summary>
public sealed record MeetingNotice(string Length, DateOnly InviteBy, string Explanation)
{
    public static MeetingNotice Of(CaseState state, DateTimeOffset startsAt, PolicyBook policy, WorkingCalendar calendar)
    {
        var day = LondonTime.Today(startsAt);
        var due = policy.Clock(ClockIds.MeetingInvitations, state.AreaCode, day).Due(day, calendar);
        return new(due.Rule!.Length, due.Day, due.Explanation);
    }

    /// <summary>Whether agencies that are invited on that day get less notice than policy says.</summary>
    public bool IsShort(DateOnly invitedOn) => invitedOn > InviteBy;
}
