using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace MappaFlows.Web.Identity;

/// <summary>Shows the person as the directory knows them: the sign-in itself yields no more than an id.</summary>
internal sealed class DirectoryPersonDisplay(IHttpContextAccessor http) : IPersonDisplay
{
    public SignedInPerson? Of(ClaimsPrincipal user) => http.HttpContext?.FindPerson() is { } person
        ? new(person.Name, string.Join(" and ", person.Roles.Select(role => role.Name())), MappaAreas.Find(person.AreaCode)?.Name)
        : null;
}
