using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>Decides that a person is no longer managed. It cannot be undone, so what follows is shown and confirmed first.</summary>
public sealed class ExitModel(CaseCommands commands) : CaseCommandPage(commands), ICheckedPage
{
    [BindProperty]
    public ExitForm Input { get; set; } = new();

    /// <summary>What a decision can end; what ends by the calendar is not among it.</summary>
    public IEnumerable<ExitReason> Reasons => Enum.GetValues<ExitReason>().Where(reason => reason
        is not (ExitReason.NotificationEnded or ExitReason.SentenceExpired or ExitReason.TerrorismRequirementEnded)
        && (reason != ExitReason.MeetingsNoLongerNeeded || Case.Category == Category.Category3));

    protected override CaseCommand Kind => new DecideExit();

    public override string? BlockedReason => Case.Stage switch
    {
        CaseStage.Managed => null,
        CaseStage.Closed => "The case is closed already.",
        _ => "The person is not managed yet: decide the screening instead.",
    };

    private DecideExit Command => new() { Reason = Input.Reason, LastDay = Input.LastDay?.Value, Reasons = Input.Reasons };

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => CheckAsync(Command, CheckText, CasePath);

    private CheckText CheckText() => new("Check before you close the case", "Close the case")
    {
        Warning = "When you close the case, the person is no longer managed under MAPPA. It cannot be opened again. A new referral would be needed.",
        Answers =
        [
            new("Why", Input.Reason!.Value.Label()),
            new("Last day under MAPPA", UkTime.Date(Input.LastDay!.Value!.Value)),
            new("Reasons and evidence", Input.Reasons),
        ],
        Follows =
        [
            "No more meetings or reviews are held, and no more reminders are sent.",
            "A disclosure that is waiting for a decision is withdrawn and must not be made.",
            "Nothing is deleted.",
        ],
    };
}

/// <summary>What the form asks.</summary>
public sealed class ExitForm
{
    public ExitReason? Reason { get; set; }

    [Display(Name = "The last day under MAPPA")]
    public DateInput? LastDay { get; set; }

    public string? Reasons { get; set; }
}
