using Microsoft.AspNetCore.Mvc;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Removes a draft, after asking.</summary>
public sealed class RemoveModel(ReferralDrafts drafts, CaseCommands commands) : ReferralDraftModel(drafts, commands)
{
    private readonly ReferralDrafts _drafts = drafts;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await _drafts.RemoveAsync(Me.Id, Draft.Id, HttpContext.RequestAborted);
        return new SeeOther(Routes.Referrals);
    }
}
