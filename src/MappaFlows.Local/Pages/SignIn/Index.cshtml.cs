using System.ComponentModel.DataAnnotations;
using MappaFlows.Web.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace MappaFlows.Local.Pages.SignIn;

/// <summary>Signs in by choosing a person.</summary>
[AllowAnonymous]
[DevelopmentOnly]
public sealed class SignInModel(IPeopleDirectory directory) : PageModel
{
    [BindProperty]
    [Display(Name = "Who are you?")]
    public string? PersonId { get; set; }

    /// <summary>Where to go afterwards: a path of this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<Person> People { get; private set; } = [];

    public async Task OnGetAsync() => People = await directory.AllAsync(HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        People = await directory.AllAsync(HttpContext.RequestAborted);
        if (People.FirstOrDefault(person => person.Id == PersonId) is not { } person)
        {
            ModelState.AddModelError(nameof(PersonId), "Select who you are");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await LocalSignIn.SignInAsync(HttpContext, person.Id);
        return new SeeOther(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }

    /// <summary>Such as "Coordinator, Police, Hampshire".</summary>
    public static string Describe(Person person) => string.Join(
        ", ",
        [
            .. person.Roles.Select(role => role.Name()),
            Agencies.Find(person.AgencyId)?.Name ?? person.AgencyId,
            MappaAreas.Find(person.AreaCode)?.Name ?? person.AreaCode,
        ]);
}
