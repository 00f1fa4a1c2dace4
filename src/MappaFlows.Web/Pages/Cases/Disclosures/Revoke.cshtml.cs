using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Takes an approval back.</summary>
public sealed class RevokeModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people), ICheckedPage
{
    [BindProperty]
    public RevokeForm Input { get; set; } = new();

    protected override CaseCommand Kind => new RevokeApproval(Number, null);

    public override string? BlockedReason => Disclosure.IsApproved ? null : "This disclosure is not approved now.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() =>
        CheckAsync(new RevokeApproval(Number, Input.Reason), CheckText, DisclosurePath);

    private CheckText CheckText() => new($"Check before you revoke the approval of disclosure {Number}", "Revoke the approval")
    {
        Warning = "The disclosure may not be made any more. To disclose later, it has to be proposed and approved again.",
        Answers = [new("Recipient", Disclosure.Content.RecipientName), new("Why it is revoked", Input.Reason)],
    };
}

/// <summary>What the form asks.</summary>
public sealed class RevokeForm
{
    public string? Reason { get; set; }
}
