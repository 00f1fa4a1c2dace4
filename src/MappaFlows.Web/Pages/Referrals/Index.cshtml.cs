using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>The referrals that a person has begun and sent.</summary>
public sealed class IndexModel(ReferralDrafts drafts, CaseloadIndex caseload) : PageModel
{
    /// <summary>The most referrals that the page shows.</summary>
    public const int MaxReferrals = 100;

    public string PersonId => HttpContext.Person().Id;

    public IReadOnlyList<ReferralDraft> Drafts { get; private set; } = [];

    public IReadOnlyList<CaseSummary> Sent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var me = HttpContext.Person();
        if (!Permissions.MayRefer(me)) return StatusCode(StatusCodes.Status403Forbidden);
        Drafts = await drafts.ListAsync(me.Id, HttpContext.RequestAborted);
        Sent = await caseload.SentByAsync(me.Id, MaxReferrals, HttpContext.RequestAborted);
        return Page();
    }
}
