using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Names another discloser for an approved disclosure.</summary>
public sealed class DiscloserModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people)
{
    [BindProperty]
    public DiscloserForm Input { get; set; } = new();

    /// <summary>Whether the person decides on it: then the approval stands.</summary>
    public bool IsApprover => View.May(new DecideDisclosure { Number = Number });

    public IEnumerable<SelectListItem> Others => People.Disclosers.Where(item => item.Value != Disclosure.DiscloserId);

    protected override CaseCommand Kind => new ReplaceDiscloser(Number, null, null);

    public override string? BlockedReason => Disclosure.IsApproved ? null : "This disclosure is not approved now.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() =>
        ExecuteAsync(new ReplaceDiscloser(Number, Input.DiscloserId, Input.Reason), DisclosurePath);
}

/// <summary>What the form asks.</summary>
public sealed class DiscloserForm
{
    public string? DiscloserId { get; set; }

    public string? Reason { get; set; }
}
