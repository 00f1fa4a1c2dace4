using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Level1Reviews;

/// <summary>The lead agency reviews a level 1 case.</summary>
public sealed class ReviewModel(CaseCommands commands) : CaseCommandPage(commands), ICheckedPage
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

    public Task<IActionResult> OnPostAsync() => CheckAsync(new RecordLevel1Review(Input), CheckText, CasePath);

    private CheckText CheckText() => new("Check before you record the review", "Record the review")
    {
        Answers =
        [
            new("What the review found", Input.Findings),
            new("Contact between agencies", Input.Contact),
            new("Was disclosure considered?", PlainText.YesNo(Input.DisclosureConsidered)),
            new("Outcome, and why", Input.DisclosureReasons),
            .. LevelQuestion.Rows(Input.Level, Input.LevelReasons),
        ],
        Follows = ["The review stays on record and cannot be changed afterwards.", .. LevelQuestion.Follows(Case, Input.Level)],
    };
}
