using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.SignIn;

/// <summary>Leads to a fresh sign-in, and from there back to a path of this site.</summary>
[Authorize]
public sealed class SignInAgainModel : PageModel
{
    /// <summary>Where to afterwards; any address of another site is not followed.</summary>
    [FromQuery(Name = "then")]
    public string? Then { get; set; }

    public IActionResult OnGet() => Challenge(FreshSignIn.Ask(Url.IsLocalUrl(Then) ? Then : Routes.SignedInAgain));
}
