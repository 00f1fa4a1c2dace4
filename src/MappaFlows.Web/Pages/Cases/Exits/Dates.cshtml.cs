using System.ComponentModel.DataAnnotations;
using MappaFlows.Core.Cases;
using MappaFlows.Core.Exits;
using MappaFlows.Web.Forms;
using MappaFlows.Web.Shell;
using MappaFlows.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Exits;

/// <summary>Changes a date that clocks come from.</summary>
public sealed class DatesModel(CaseDesk desk) : CheckedCommandPage(desk)
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    /// <summary>The dates that this case has, and what each is now.</summary>
    public IEnumerable<(CaseDate Which, string Now)> Dates =>
        Enum.GetValues<CaseDate>().Where(which => DateDecisions.Has(Case, which)).Select(which => (which, Now(which)));

    public bool CanBeEndless => DateDecisions.Has(Case, CaseDate.NotificationEnd) || DateDecisions.Has(Case, CaseDate.TerrorismRequirementEnd);

    protected override CaseCommand Kind => new ChangeDate();

    public override string? Barred => Case.IsManaged ? null : "Dates can be changed only while the person is managed.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => CheckOrExecuteAsync(
        new ChangeDate { Which = Input.Which, To = Input.To?.Value, Indefinite = Input.Indefinite, Reason = Input.Reason },
        CasePath);

    private string Now(CaseDate which) => DateDecisions.DayOf(Case, which) is { } day
        ? $"Now {UkTime.Date(day)}"
        : which is CaseDate.Release or CaseDate.LicenceEnd ? "Not set" : "Now without end";

    /// <summary>What the form asks.</summary>
    public sealed class Answers
    {
        public CaseDate? Which { get; set; }

        [Display(Name = "The new date")]
        public DateInput? To { get; set; }

        public bool Indefinite { get; set; }

        public string? Reason { get; set; }
    }
}
