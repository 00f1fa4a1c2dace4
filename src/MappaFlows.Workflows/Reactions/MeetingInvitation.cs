using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace MappaFlows.Workflows.Reactions;

/// <summary>A meeting as a calendar entry. A meeting that was moved replaces the earlier entry in the calendars it went to.</summary>
public static class MeetingInvitation
{
    public static EmailAttachment Of(CaseState state, int number, string organiser, string link, DateTimeOffset now)
    {
        var meeting = state.Meetings.First(meeting => meeting.Number == number);
        var entry = new CalendarEvent
        {
            Uid = $"{state.Reference}-meeting-{meeting.Number}@mappaflows",
            Sequence = meeting.Moves,
            DtStamp = Utc(now),
            Start = Utc(meeting.StartsAt),
            End = Utc(meeting.StartsAt.AddMinutes(meeting.Minutes)),
            Summary = $"Meeting {state.Reference}",
            Location = TextPolicy.Readable(meeting.Place),
            Url = new Uri(link),
            Organizer = new Organizer($"mailto:{organiser}") { CommonName = "MAPPA case updates" },
            Class = "CONFIDENTIAL",
        };
        var calendar = new Calendar { Method = CalendarMethods.Request, ProductId = "-//MappaFlows//EN" };
        calendar.Events.Add(entry);
        return new($"meeting-{state.Reference}-{meeting.Number}.ics", "text/calendar; method=REQUEST", new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, hasTime: true);
}
