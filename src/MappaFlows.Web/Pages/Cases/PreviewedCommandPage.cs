using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>
/// A page whose command moves dates of the case or ends it. What follows is worked out and shown first; only the second post, from the
/// page that shows it, gives the command.
/// </summary>
public abstract class PreviewedCommandPage(CaseCommands commands, CaseWeb features) : CaseCommandPage(commands)
{
    /// <summary>Whether the person has seen what follows and wants it.</summary>
    [BindProperty]
    public bool Confirmed { get; set; }

    /// <summary>What would follow, where the page shows that; null while the form is filled in.</summary>
    public ChangePreview? Preview { get; private set; }

    protected async Task<IActionResult> PreviewOrExecuteAsync(CaseCommand command, string then)
    {
        if (!Confirmed && ModelState.IsValid && await PreviewAsync(command) is { } after)
        {
            Preview = ChangePreview.Of(Timetable, after.Timetable, features);
            return Page();
        }

        // Confirmed; or the command would be refused, and its answer says why.
        return await ExecuteAsync(command, then);
    }
}
