namespace MappaFlows.Web.Labels;

/// <summary>By when a case waits for something, in a sentence.</summary>
public static class DueLabels
{
    /// <summary>For example "4 December 2026"; with the time where the rule counts hours.</summary>
    public static string When(this Deadline due) => due.At == LondonTime.EndOf(due.Day) ? UkTime.Date(due.Day) : UkTime.DateAndTime(due.At);

    /// <summary>The sentence with when it is due and a full stop, after a space; nothing where the case does not wait for it.</summary>
    /// <param name="sentence">Without its end, for example "Minutes are due by".</param>
    public static string Due(this CaseView view, ObligationKind kind, string sentence, int? number = null) =>
        view.Timetable.Find(kind, number)?.Due is { } due ? $" {sentence} {due.When()}." : "";
}
