using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures.Decide;

/// <summary>Confirms a decision to the person who made it.</summary>
public sealed class DoneModel(CaseCommands commands) : CasePageModel(commands)
{
    public Disclosure Disclosure { get; private set; } = null!;

    public DisclosureDecision Decision => Disclosure.Decision!;

    public IActionResult OnGet(int number)
    {
        if (Case.Disclosures.FirstOrDefault(disclosure => disclosure.Number == number && disclosure.Decision?.By == Me.Id) is not { } disclosure)
            return NotFound();
        Disclosure = disclosure;
        return Page();
    }
}
