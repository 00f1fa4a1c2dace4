using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Takes a proposal back.</summary>
public sealed class WithdrawModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people)
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

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new WithdrawDisclosure(Number, Input.Reason), DisclosurePath);
}

/// <summary>What the form asks.</summary>
public sealed class WithdrawForm
{
    public string? Reason { get; set; }
}
