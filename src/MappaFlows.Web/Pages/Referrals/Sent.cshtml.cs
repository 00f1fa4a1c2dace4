using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Says that a referral was sent, under which reference, and what happens next and by when.</summary>
public sealed class SentModel(CaseCommands commands) : PageModel
{
    public Timetable Timetable { get; private set; } = null!;

    public Obligation? Screening => Timetable.Find(ScreeningObligations.DecideScreening);

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        var me = HttpContext.Person();
        if (!CaseReference.TryParse(reference, out var known)
            || await commands.OpenAsync(me, known, HttpContext.RequestAborted) is not { Timetable: { } timetable } view
            || timetable.Case.ReferrerId != me.Id)
        {
            return NotFound();
        }

        HttpContext.ShowCase(view);
        Timetable = timetable;
        return Page();
    }
}
