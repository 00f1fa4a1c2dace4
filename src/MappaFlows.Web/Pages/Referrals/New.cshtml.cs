using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.Referrals;

/// <summary>Begins a referral. The form's key becomes the draft's id, so that a form sent twice begins one draft.</summary>
public sealed class NewModel(ReferralDrafts drafts, CaseCommands commands, TimeProvider time) : PageModel
{
    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    public IActionResult OnGet() => Permissions.MayRefer(HttpContext.Person()) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync()
    {
        var me = HttpContext.Person();
        if (!Permissions.MayRefer(me)) return StatusCode(StatusCodes.Status403Forbidden);
        if (!Guid.TryParseExact(Key, "N", out _)) return BadRequest();

        // A key whose draft was sent by now opens what became of it.
        var sent = CaseReference.For(me.Id, Key);
        if (await commands.OpenAsync(me, sent, HttpContext.RequestAborted) is not null) return new SeeOther(Routes.ReferralSent(sent));
        if (await drafts.FindAsync(me.Id, Key, HttpContext.RequestAborted) is null)
            await drafts.SaveAsync(me.Id, new(Key, Begun(me), time.GetUtcNow()), HttpContext.RequestAborted);
        return new SeeOther(Routes.ReferralPart(Key, ReferralPart.All[0].Slug));
    }

    /// <summary>A new referral of this person: in their own area, unless they say another.</summary>
    internal static Referral Begun(Person person) => new() { Placement = new() { Area = person.AreaCode } };
}
