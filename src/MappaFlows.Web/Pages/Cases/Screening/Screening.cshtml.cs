using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Screening;

/// <summary>
/// A coordinator reads the referral and accepts it at a level, asks for more, or refuses it. Others who work on the case may read it.
/// </summary>
public sealed class ScreeningModel(CaseCommands commands) : CasePageModel(commands), ICheckedPage
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

    public Task<IActionResult> OnPostAsync() => CheckAsync(Input, CheckText, CasePath);

    private CheckText CheckText() => Input.Outcome switch
    {
        ScreeningOutcome.Accept => new("Check before you accept the referral", $"Accept at {Input.Level!.Value.Name().ToLowerInvariant()}")
        {
            Answers = [new("Your decision", $"Accept at {Input.Level.Value.Label()}"), new("Your reasons", Input.Reasons)],
            Follows =
            [
                $"The person is managed under MAPPA from now on, in {Case.Category.Name()} at {Input.Level.Value.Name().ToLowerInvariant()}.",
                $"{PeopleLabels.Agency(Case.LeadAgencyId)} leads the case.",
                "The decision stays on record and cannot be changed. A review or a meeting can change the level later.",
            ],
        },
        ScreeningOutcome.Refuse => new("Check before you refuse the referral", "Do not accept the referral")
        {
            Warning = "The referral ends here. It cannot be opened again: a new referral would be needed.",
            Answers = [new("Your decision", "Do not accept"), new("Your reasons", Input.Reasons)],
            Follows =
            [
                "The person is not managed under MAPPA because of this referral.",
                "The referrer can read your reasons.",
                "The decision stays on record and cannot be changed.",
            ],
        },
        _ => new("Check before you send the question", "Send the question")
        {
            Answers = [new("Your question", Input.Reasons)],
            Follows = ["The clock of the screening decision stops. It starts again when the referrer answers."],
        },
    };
}
