#pragma warning disable IDE0130 // One class knows every address, so that nothing else has to.
namespace MappaFlows.Web;

/// <content>Meetings of a case.</content>
public static partial class Routes
{
    public static string NewMeeting(CaseReference reference) => $"{Case(reference)}/meetings/new";

    public static string Meeting(CaseReference reference, int number) => $"{Case(reference)}/meetings/{number}";

    public static string RecordMeeting(CaseReference reference, int number) => $"{Meeting(reference, number)}/record";

    public static string MoveMeeting(CaseReference reference, int number) => $"{Meeting(reference, number)}/move";

    public static string Minutes(CaseReference reference, int number) => $"{Meeting(reference, number)}/minutes";

    public static string MeetingInvitation(CaseReference reference, int number) => $"{Meeting(reference, number)}/invitation.ics";
}
