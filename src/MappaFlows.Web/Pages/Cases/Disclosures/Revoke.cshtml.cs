using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Takes an approval back.</summary>
public sealed class RevokeModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people)
{
    [BindProperty]
    public RevokeForm Input { get; set; } = new();

    protected override CaseCommand Kind => new RevokeApproval(Number, null);

    public override string? BlockedReason => Disclosure.IsApproved ? null : "This disclosure is not approved now.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new RevokeApproval(Number, Input.Reason), DisclosurePath);
}

/// <summary>What the form asks.</summary>
public sealed class RevokeForm
{
    public string? Reason { get; set; }
}
