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
            "Reminder sent",
            Line("Of", words.Web.Title(reminded.Kind, reminded.Number))))
        .Timeline<ObligationEscalated>((escalated, words) => new(
            "Overdue, and passed on",
            Line("What", words.Web.Title(escalated.Kind, escalated.Number))))
        .Timeline<CaseClosed>(closed => new(
            "Case closed",
            Line("Reason", closed.Reason.Label()),
            Line("Last day under MAPPA", UkTime.Date(closed.LastDay)),
            Line(null, closed.Explanation)));

    private static string Number(ManagementLevel level) => ((int)level).ToString(CultureInfo.InvariantCulture);
}
