using MappaFlows.Core.Cases;
using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>The lead agency reviews a case before its exit.</summary>
public sealed class ExitReviewModel(CaseDesk desk, TimeProvider time) : CaseCommandPage(desk)
{
    [BindProperty]
    public RecordPreExitReview Input { get; set; } = new();

    public Duty? Owed => Agenda.Find(DutyKind.ReviewBeforeExit);

    protected override CaseCommand Kind => new RecordPreExitReview();

    public override string? Barred => Owed switch
    {
        null => "No review before exit is due in this case.",
        { RemindAt: { } opens } when opens > time.GetUtcNow() => $"The review before exit opens on {UkTime.Date(opens)}.",
        _ => null,
    };

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(Input, CasePath);
}
