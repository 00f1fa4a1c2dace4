using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>Adds a sentence or order that also makes the person eligible.</summary>
public sealed class EligibilityModel(CaseCommands commands, CaseWeb features) : PreviewedCommandPage(commands, features)
{
    [BindProperty]
    public EligibilityForm Input { get; set; } = new();

    protected override CaseCommand Kind => new AddEligibility();

    public override string? BlockedReason => Case.IsManaged ? null : "A sentence or order can be added only while the person is managed.";

    private AddEligibility Command => new()
    {
        Category = Input.Category,
        StartsOn = Input.StartsOn?.Value,
        EndsOn = Input.EndsOn?.Value,
        Indefinite = Input.Indefinite,
        Reason = Input.Reason,
    };

    public Task<IActionResult> OnGetAsync() => ShowAsync(() => Command);

    public Task<IActionResult> OnPostAsync() => CheckOrExecuteAsync(Command, CasePath);
}

/// <summary>What the form asks.</summary>
public sealed class EligibilityForm
{
    public Category? Category { get; set; }

    [Display(Name = "The beginning")]
    public DateInput? StartsOn { get; set; }

    [Display(Name = "The end")]
    public DateInput? EndsOn { get; set; }

    public bool Indefinite { get; set; }

    public string? Reason { get; set; }
}
