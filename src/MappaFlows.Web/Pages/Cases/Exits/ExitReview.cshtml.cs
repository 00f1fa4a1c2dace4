using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>The lead agency reviews a case before its exit.</summary>
public sealed class ExitReviewModel(CaseCommands commands, TimeProvider time) : CaseCommandPage(commands)
{
    [BindProperty]
    public RecordPreExitReview Input { get; set; } = new();

    public Obligation? Owed => Timetable.Find(ExitObligations.ReviewBeforeExit);

    protected override CaseCommand Kind => new RecordPreExitReview();

    public override string? BlockedReason => Owed switch
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
