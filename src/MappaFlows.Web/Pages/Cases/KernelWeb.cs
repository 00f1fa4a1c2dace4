using System.Globalization;
using static MappaFlows.Web.Pages.Cases.TimelineDetail;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>What every case has, whichever features it uses: level, category, reminders and its end.</summary>
internal static class KernelWeb
{
    public static void Register(CaseWeb web) => web
        .Timeline<LevelChanged>(changed => new($"Level changed from {Number(changed.From)} to {Number(changed.To)}", Line("Why", changed.Reasons)))
        .Timeline<CategoryChanged>(changed => new($"{changed.From.Name()} replaced by {changed.To.Name()}", Line(null, changed.Explanation)))
        .Timeline<ObligationReminded>((reminded, words) => new(
            reminded.Late ? "Reminder left out" : "Reminder sent",
            Line("Of", words.Web.Title(reminded.Kind, reminded.Number)),
            Line("Why", reminded.Late ? TooLate : null)))
        .Timeline<ObligationEscalated>((escalated, words) => new(
            escalated.Late ? "Overdue, and not passed on" : "Overdue, and passed on",
            Line("What", words.Web.Title(escalated.Kind, escalated.Number)),
            Line("Why", escalated.Late ? TooLate : null)))
        .Timeline<ObligationStillOverdue>((still, words) => new(
            "Still overdue, and told again",
            Line("What", words.Web.Title(still.Kind, still.Number))))
        .Timeline<CaseClosed>((closed, words) => new(
            "Case closed",
            Line("Reason", closed.Reason.Label()),
            Line("Last day under MAPPA", UkTime.Date(closed.LastDay)),
            Line("Not done", closed.Undone is { Count: > 0 } undone
                ? PeopleLabels.List([.. undone.Select(one => words.Web.Title(one.Kind, one.Number))])
                : null),
            Line(null, closed.Explanation)));

    private const string TooLate = "The product had stopped, and when it came to this something later had come too.";

    private static string Number(ManagementLevel level) => ((int)level).ToString(CultureInfo.InvariantCulture);
}
