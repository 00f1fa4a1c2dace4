using MappaFlows.Core.Calendars;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Policy;
using MappaFlows.Workflows.Cases;
using MappaFlows.Workflows.People;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// A page whose command moves dates of the case or ends it. What follows is worked out and shown first; only the second post, from the
/// page that shows it, gives the command.
/// </summary>
public abstract class CheckedCommandPage(
    CaseDesk desk,
    IPeopleDirectory people,
    PolicyBook policy,
    WorkingCalendar calendar,
    TimeProvider time) : CaseCommandPage(desk)
{
    /// <summary>Whether the person has seen what follows and wants it.</summary>
    [BindProperty]
    public bool Confirmed { get; set; }

    /// <summary>What would follow, where the page shows that; null while the form is filled in.</summary>
    public Foresight? Follows { get; private set; }

    protected async Task<IActionResult> CheckOrExecuteAsync(CaseCommand command, string then)
    {
        if (!Confirmed && ModelState.IsValid && await DecideAsync(command) is Decision.Accepted accepted)
        {
            var after = accepted.Events.Aggregate(Case, (before, next) => CaseHistory.Apply(before, next, time.GetUtcNow(), Me.Id));
            Follows = Foresight.Of(Agenda, CaseAgenda.Of(after, policy, calendar));
            return Page();
        }

        // Confirmed; or it would be refused, and the desk says why.
        return await ExecuteAsync(command, then);
    }

    private async Task<Decision> DecideAsync(CaseCommand command) => CaseDecider.Decide(
        Case,
        command,
        new(Me, time.GetUtcNow(), policy, calendar, await people.InAreaAsync(Case.AreaCode, HttpContext.RequestAborted)));
}
