using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Level1Reviews;

/// <summary>The lead agency reviews a level 1 case.</summary>
public sealed class ReviewModel(CaseCommands commands) : CaseCommandPage(commands)
{
    [BindProperty]
    public Level1Review Input { get; set; } = new();

    public Deadline Due => Timetable.Find(Level1ReviewObligations.ReviewLevel1)!.Due!;

    protected override CaseCommand Kind => new RecordLevel1Review(new());

    public override string? BlockedReason =>
        Case is { IsManaged: true, Level: ManagementLevel.Level1 } ? null : "A lead agency’s review is for cases managed at level 1.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new RecordLevel1Review(Input), CasePath);
}
