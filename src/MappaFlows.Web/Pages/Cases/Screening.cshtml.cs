using MappaFlows.Core.Cases;
using MappaFlows.Core.People;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>A coordinator reads the referral and accepts it at a level, asks for more, or refuses it. Others who work on the case may read it.</summary>
public sealed class ScreeningModel(CaseDesk desk) : CasePageModel(desk)
{
    [BindProperty]
    public Screen Input { get; set; } = new();

    public Duty? Decision => Agenda.Find(DutyKind.DecideScreening);

    public bool MayDecide => Rights.May(Me, new Screen(), Case);

    /// <summary>Whether the referral still waits for a decision.</summary>
    public bool IsOpen => Decision is not null;

    protected override CaseScope Needs => CaseScope.Referral;

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(Input, CasePath);
}
