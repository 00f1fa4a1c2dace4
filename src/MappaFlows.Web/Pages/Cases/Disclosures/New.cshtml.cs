using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MappaFlows.Web.Pages.Cases.Disclosures;

/// <summary>Proposes a disclosure with its exact content, and asks an approver to decide.</summary>
public sealed class NewModel(CaseCommands commands, IPeopleDirectory people) : CaseCommandPage(commands)
{
    [BindProperty]
    public DisclosureForm Input { get; set; } = new();

    public AreaDirectory People { get; private set; } = AreaDirectory.None;

    public IEnumerable<SelectListItem> Approvers => DisclosureApprovers.For(Case, People.All, Me)
        .Select(person => new SelectListItem($"{person.Name}, {PeopleLabels.Agency(person.AgencyId)}", person.Id));

    protected override CaseCommand Kind => new ProposeDisclosure();

    public override string? BlockedReason => Case.IsManaged ? null : "A disclosure can be proposed only while the person is managed.";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            People = new(await people.InAreaAsync(Case.AreaCode, HttpContext.RequestAborted));
            return await next();
        });

    public void OnGet() => Input.ApproverId = Approvers.FirstOrDefault()?.Value;

    public Task<IActionResult> OnPostAsync() => ExecuteAsync(
        new ProposeDisclosure { Content = Input.ToContent(), ApproverId = Input.ApproverId },
        now => Routes.Disclosure(now.Reference, now.Disclosures[^1].Number));

    /// <summary>What the partial of the fields needs besides the form.</summary>
    public ViewDataDictionary FieldsData(ViewDataDictionary data) => new(data) { ["People"] = People };
}
