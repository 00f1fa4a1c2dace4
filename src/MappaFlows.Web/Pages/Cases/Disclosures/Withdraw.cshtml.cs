using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Takes a proposal back.</summary>
public sealed class WithdrawModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people), ICheckedPage
{
    [BindProperty]
    public WithdrawForm Input { get; set; } = new();

    protected override CaseCommand Kind => new WithdrawDisclosure(Number, null);

    public override string? BlockedReason =>
        Disclosure.CanBeRevised
        ? null
        : "This disclosure was decided and cannot be withdrawn.";

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => CheckAsync(new WithdrawDisclosure(Number, Input.Reason), CheckText, DisclosurePath);

    private CheckText CheckText() => new($"Check before you withdraw disclosure {Number}", "Withdraw the proposal")
    {
        Warning = "A withdrawn proposal can no longer be decided or made. To continue later, propose it again.",
        Answers = [new("Recipient", Disclosure.Content.RecipientName), new("Why it is withdrawn", Input.Reason)],
    };
}

/// <summary>What the form asks.</summary>
public sealed class WithdrawForm
{
    public string? Reason { get; set; }
}
