using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures.Decide;

/// <summary>Confirms a decision to the person who made it.</summary>
public sealed class DoneModel(CaseCommands commands) : CasePageModel(commands)
{
    public Disclosure Disclosure { get; private set; } = null!;

    public DisclosureDecision Decision => Disclosure.Decision!;

    public IActionResult OnGet(int number)
    {
        if (Case.FindDisclosure(number) is not { } disclosure || disclosure.Decision?.By != Me.Id) return NotFound();
        Disclosure = disclosure;
        return Page();
    }
}
