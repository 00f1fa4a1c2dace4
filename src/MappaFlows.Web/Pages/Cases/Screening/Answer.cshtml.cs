using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Screening;

/// <summary>The referrer answers the coordinator's question.</summary>
public sealed class AnswerModel(CaseCommands commands) : CasePageModel(commands)
{
    [BindProperty]
    public AnswerForm Input { get; set; } = new();

    public bool IsOpen => Case.Stage == CaseStage.InformationRequested;

    public bool MayAnswer => View.May(new GiveInformation(null));

    public Obligation? Obligation => Timetable.Find(ScreeningObligations.GiveInformation);

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
