using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Screening;

/// <summary>
/// A coordinator reads the referral and accepts it at a level, asks for more, or refuses it. Others who work on the case may read it.
/// </summary>
public sealed class ScreeningModel(CaseCommands commands) : CasePageModel(commands)
{
    [BindProperty]
    public DecideScreening Input { get; set; } = new();

    public Obligation? Decision => Timetable.Find(ScreeningObligations.DecideScreening);

    public bool MayDecide => View.May(new DecideScreening());

    /// <summary>Whether the referral still waits for a decision.</summary>
    public bool IsOpen => Decision is not null;

    protected override CaseScope Needs => CaseScope.Referral;

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(Input, CasePath);
}
