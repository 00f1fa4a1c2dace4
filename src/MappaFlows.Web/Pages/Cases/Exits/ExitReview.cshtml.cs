using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>The lead agency reviews a case before its exit.</summary>
public sealed class ExitReviewModel(CaseCommands commands, TimeProvider time) : CaseCommandPage(commands), ICheckedPage
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

    public Task<IActionResult> OnPostAsync() => CheckAsync(Input, CheckText, CasePath);

    private CheckText CheckText() => new("Check before you record the review", "Record the review")
    {
        Answers =
        [
            new("What the review concluded", Input.Conclusion),
            new("Category 3 to be considered when this basis ends", PlainText.YesNo(Input.ConsiderCategory3)),
        ],
        Follows =
        [
            "The review stays on record and cannot be changed afterwards.",
            .. Input.ConsiderCategory3 == true && Case.Category != Category.Category3
                ? (string[])["The case still closes on its date. If the person is to be managed in Category 3, add Category 3 before that day."]
                : [],
        ],
    };
}
