using MappaFlows.Web.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Local.Pages.SignIn;

/// <summary>Ends the session of the browser.</summary>
[AllowAnonymous]
[DevelopmentOnly]
public sealed class SignOutModel : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await LocalSignIn.SignOutAsync(HttpContext);
        return new SeeOther("/sign-in");
    }
}
