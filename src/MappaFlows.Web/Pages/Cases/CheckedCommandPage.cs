using MappaFlows.Core.Cases;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// A page whose command moves dates of the case or ends it. What follows is worked out and shown first; only the second post, from the
/// page that shows it, gives the command.
/// </summary>
public abstract class CheckedCommandPage(CaseDesk desk) : CaseCommandPage(desk)
{
    /// <summary>Whether the person has seen what follows and wants it.</summary>
    [BindProperty]
    public bool Confirmed { get; set; }

    /// <summary>What would follow, where the page shows that; null while the form is filled in.</summary>
    public Foresight? Follows { get; private set; }

    protected async Task<IActionResult> CheckOrExecuteAsync(CaseCommand command, string then)
    {
        if (!Confirmed && ModelState.IsValid && await ForeseeAsync(command) is { } after)
        {
            Follows = Foresight.Of(Agenda, after.Agenda);
            return Page();
        }

        // Confirmed; or it would be refused, and the desk says why.
        return await ExecuteAsync(command, then);
    }
}
