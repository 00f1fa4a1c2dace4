using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Changes the content, which voids the earlier request, and asks the approver again.</summary>
public sealed class ReviseModel(CaseCommands commands, IPeopleDirectory people) : DisclosurePage(commands, people)
{
    [BindProperty]
    public DisclosureForm Input { get; set; } = new();

    protected override CaseCommand Kind => new ReviseDisclosure(Number, new());

    public override string? BlockedReason => Disclosure.Stage switch
    {
        _ when !Case.IsManaged => "The person is no longer managed.",
        _ when Disclosure.CanBeRevised => null,
        _ => "This disclosure was decided and cannot be changed: propose a new one.",
    };

    public void OnGet() => Input = DisclosureForm.Of(Disclosure.Content);

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(new ReviseDisclosure(Number, Input.ToContent()), DisclosurePath);
}
