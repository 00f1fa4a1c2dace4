using MappaFlows.Core.Cases;
using MappaFlows.Web.Identity;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Says that a referral was sent, under which reference, and what happens next and by when.</summary>
public sealed class SentModel(CaseDesk desk) : PageModel
{
    public CaseAgenda Agenda { get; private set; } = null!;

    public Duty? Screening => Agenda.Find(DutyKind.DecideScreening);

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        var me = HttpContext.Person();
        if (!CaseReference.TryParse(reference, out var known)
            || await desk.OpenAsync(me, known, HttpContext.RequestAborted) is not { Agenda: { } agenda }
            || agenda.Case.ReferrerId != me.Id)
        {
            return NotFound();
        }

        Agenda = agenda;
        return Page();
    }
}
