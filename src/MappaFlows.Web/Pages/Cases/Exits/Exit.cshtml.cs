using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>Decides that a person is no longer managed. It cannot be undone, so what follows is shown and confirmed first.</summary>
public sealed class ExitModel(CaseCommands commands, CaseWeb features) : PreviewedCommandPage(commands, features)
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

    public Task<IActionResult> OnGetAsync() => ShowAsync(() => Command);

    public Task<IActionResult> OnPostAsync() => CheckOrExecuteAsync(Command, CasePath);
}

/// <summary>What the form asks.</summary>
public sealed class ExitForm
{
    public ExitReason? Reason { get; set; }

    [Display(Name = "The last day under MAPPA")]
    public DateInput? LastDay { get; set; }

    public string? Reasons { get; set; }
}
