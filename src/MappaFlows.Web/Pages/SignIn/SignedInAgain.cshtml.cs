using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Web.Pages.SignIn;

/// <summary>Where a sign-in beside a decision ends: sends the person back to the tab that has what they wrote.</summary>
[Authorize]
public sealed class SignedInAgainModel(FreshSignIn signIn) : PageModel
{
    public bool IsFresh => signIn.IsFresh(User);
}
