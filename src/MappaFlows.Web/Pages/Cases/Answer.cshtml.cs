using MappaFlows.Core.Cases;
using MappaFlows.Core.People;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases;

/// <summary>The referrer answers the coordinator's question.</summary>
public sealed class AnswerModel(CaseDesk desk) : CasePageModel(desk)
{
    [BindProperty]
    public AnswerForm Input { get; set; } = new();

    public bool IsOpen => Case.Stage == CaseStage.InformationAsked;

    public bool MayAnswer => Rights.May(Me, new GiveInformation(null), Case);

    public Duty? Duty => Agenda.Find(DutyKind.GiveInformation);

    protected override CaseScope Needs => CaseScope.Referral;

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new GiveInformation(Input.Answer), CasePath);
}

/// <summary>The answer as typed.</summary>
public sealed class AnswerForm
{
    public string? Answer { get; set; }
}
