namespace MappaFlows.Core.Meetings;

/// <summary>Level 2 and 3 meetings: arranged, moved, recorded, and their minutes sent.</summary>
public static class MeetingFeature
{
    public static void Register(CaseModel model) => model
        .State<MeetingsState>(version: 2)
        .Command<ScheduleMeeting>(MeetingDecisions.Schedule, CasePermissions.Coordinates)
        .Command<MoveMeeting>(MeetingDecisions.Move, CasePermissions.Coordinates)
        .Command<RecordMeeting>(MeetingDecisions.Record, CasePermissions.CoordinatesOrChairs)
        .Command<SendMinutes>(MeetingDecisions.SendMinutes, CasePermissions.Coordinates)
        .Event<MeetingScheduled>(MeetingsState.Apply, CaseScope.Whole)
        .Event<MeetingMoved>(MeetingsState.Apply, CaseScope.Whole)
        .Event<MeetingRecorded>(MeetingsState.Apply, CaseScope.Whole)
        .Event<MinutesSent>(MeetingsState.Apply, CaseScope.Whole)
        .Obligations(MeetingObligations.Of, MeetingObligations.Kinds);
}
