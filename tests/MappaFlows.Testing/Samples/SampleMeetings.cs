using MappaFlows.Core.Cases;
using MappaFlows.Core.Meetings;

namespace MappaFlows.Testing.Samples;

/// <summary>Meetings that can be scheduled and recorded as they are.</summary>
public static class SampleMeetings
{
    public static ScheduleMeeting At(DateTimeOffset at) => new() { StartsAt = at, Minutes = 90, Place = "Room 1" };

    /// <summary>Everyone came, and the level is decided.</summary>
    public static MeetingOutcome Outcome(IEnumerable<string> agencies, ManagementLevel level) => new()
    {
        Attendance = [.. agencies.Select(agency => new Attendance(agency, AttendanceStatus.Present))],
        Decisions = [new("Visit weekly", "The risk is acute", "Police", new(2026, 7, 1))],
        DisclosureConsidered = true,
        DisclosureReasons = "Nobody is at particular risk.",
        Level = level,
        LevelReasons = "As the meeting found.",
    };
}
