using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>
/// A page about one draft, at a route with <c>{draftId}</c>. Only its owner finds it. Once the draft was sent, every page of it leads to
/// the confirmation: a second click on "send" or a late "back" ends there too.
/// </summary>
public abstract class ReferralDraftModel(ReferralDrafts drafts, CaseCommands commands) : PageModel
{
    public ReferralDraft Draft { get; private set; } = null!;

    public Referral Referral => Draft.Referral;

    public Person Me => HttpContext.Person();

    /// <summary>The case that the draft becomes.</summary>
    protected CaseReference Reference => CaseReference.For(Me.Id, Draft.Id);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var draftId = (string)RouteData.Values["draftId"]!;
        if (await drafts.FindAsync(Me.Id, draftId, HttpContext.RequestAborted) is { } draft)
        {
            Draft = draft;
            await base.OnPageHandlerExecutionAsync(context, next);
            return;
        }

        var sent = CaseReference.For(Me.Id, draftId);
        context.Result = await commands.OpenAsync(Me, sent, HttpContext.RequestAborted) is null ? NotFound() : Gone(sent);
    }

    /// <summary>Changes what the draft says now.</summary>
    /// <returns>Whether it was still there.</returns>
    protected async Task<bool> ChangeAsync(Func<Referral, Referral> change)
    {
        if (await drafts.ChangeAsync(Me.Id, Draft.Id, change, HttpContext.RequestAborted) is not { } draft) return false;
        Draft = draft;
        return true;
    }

    /// <summary>The draft was sent or removed: nothing can be added to it. What was typed is not lost.</summary>
    protected IActionResult Gone() => Gone(Reference);

    private IActionResult Gone(CaseReference sent) =>
        PostedForm.Of(HttpContext) is { HasText: true }
            ? StatusCode(StatusCodes.Status409Conflict) : new SeeOther(Routes.ReferralSent(sent));
}
