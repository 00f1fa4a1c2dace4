using System.Security.Claims;
using MappaFlows.Core.People;
using MappaFlows.Workflows.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Identity;

/// <summary>
/// Who is asking. A sign-in, of whichever kind, yields only an id; name, roles and area come from the directory with every request,
/// so that a right that was taken away is gone at once.
/// </summary>
public static class CurrentPerson
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string IdClaim = ClaimTypes.NameIdentifier;

    private static readonly object Item = new();

    /// <summary>The person who is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is: the endpoint lets strangers in and must not ask.</exception>
    public static Person Person(this HttpContext context) =>
        context.FindPerson() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The person who is signed in, or null.</summary>
    public static Person? FindPerson(this HttpContext context) => context.Items[Item] as Person;

    /// <summary>Finds the signed-in person in the directory. Stands after authentication and before authorisation.</summary>
    public static IApplicationBuilder UseCurrentPerson(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.FindFirstValue(IdClaim) is { } id)
        {
            var directory = context.RequestServices.GetRequiredService<IPeopleDirectory>();
            if (await directory.FindAsync(id, context.RequestAborted) is { } person)
                context.Items[Item] = person;
            else
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(context);
    });
}
