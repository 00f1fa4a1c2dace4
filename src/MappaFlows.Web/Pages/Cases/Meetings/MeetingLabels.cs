
namespace MappaFlows.Web.Pages.Cases.Meetings;

/// <summary>Meetings.</summary>
public static class MeetingLabels
{
    public static string Label(this AttendanceStatus mark) => mark switch
    {
        AttendanceStatus.Present => "Present",
        AttendanceStatus.SentReport => "Sent a report",
        AttendanceStatus.Apologies => "Sent apologies",
        AttendanceStatus.Absent => "Absent",
        _ => throw new ArgumentOutOfRangeException(nameof(mark), mark, "There are no words for this mark."),
    };

    /// <summary>For example "1 hour 30 minutes".</summary>
    public static string Length(int minutes)
    {
        var (hours, rest) = (minutes / 60, minutes % 60);
        string[] parts = [.. new[] { (hours, "hour"), (rest, "minute") }
            .Where(part => part.Item1 > 0)
            .Select(part => $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}")];
        return string.Join(' ', parts);
    }
}
