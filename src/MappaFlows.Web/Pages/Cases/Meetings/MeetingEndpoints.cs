namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Meetings, for programs.</summary>
internal static class MeetingEndpoints
{
    public static void Map(CaseCommandEndpoints api)
    {
        api.Map<ScheduleMeeting>("/meetings", "ScheduleMeeting", "Arranges the next level 2 or 3 meeting and invites the agencies");
        api.Map<MoveMeetingRequest, MoveMeeting>(
            "/meetings/{number:int}/move",
            "MoveMeeting",
            "Moves a meeting that is arranged",
            (number, body) => new MoveMeeting
            {
                Number = number,
                StartsAt = body.StartsAt,
                Minutes = body.Minutes,
                Place = body.Place,
                Reason = body.Reason,
                LateReason = body.LateReason,
            });
        api.Map<MeetingOutcome, RecordMeeting>(
            "/meetings/{number:int}/outcome", "RecordMeeting", "Records what a meeting decided", (number, body) => new RecordMeeting(number, body));
        api.Map("/meetings/{number:int}/minutes", "SendMinutes", "Records that the minutes went out", number => new SendMinutes(number));
    }
}

/// <summary>Where and when a meeting is from now on, and why it was moved.</summary>
/// <param name="LateReason">Why it has to be later than its rule's date; needed only where it is.</param>
public sealed record MoveMeetingRequest(
    DateTimeOffset? StartsAt,
    int? Minutes,
    string? Place,
    string? Reason,
    string? LateReason = null);
