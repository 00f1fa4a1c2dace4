using System.Security.Claims;
using MappaFlows.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Identity;

/// <summary>
/// Who is asking. A sign-in, of whichever kind, yields only an id; name, roles and area come from the directory with every request,
/// so that a right that was taken away is gone at once. When the person signed in is kept beside the id, where the sign-in says so.
/// </summary>
public static class CurrentPerson
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string IdClaim = ClaimTypes.NameIdentifier;

    /// <summary>Seconds since 1970 at which the person last proved who they are. Missing where the sign-in does not say.</summary>
    public const string SignedInAtClaim = "auth_time";

    /// <summary>The person who is signed in.</summary>
    /// <exception cref="InvalidOperationException">No one is signed in: the endpoint is open to everyone and must not ask.</exception>
    public static Person Person(this HttpContext context) =>
        context.FindPerson() ?? throw new InvalidOperationException("No one is signed in.");

    /// <summary>The person who is signed in, or null.</summary>
    public static Person? FindPerson(this HttpContext context) => context.User.FindPerson();

    /// <summary>The person that this principal of a request stands for, or null.</summary>
    public static Person? FindPerson(this ClaimsPrincipal user) => (user.Identity as PersonIdentity)?.Person;

    /// <summary>Finds the signed-in person in the directory. Stands after authentication and before authorisation.</summary>
    public static IApplicationBuilder UseCurrentPerson(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.FindFirst(IdClaim) is { } id)
        {
            context.User = await FindAsync(context, id.Value) is { } person
                ? new(new PersonIdentity(person, [id, .. context.User.FindAll(SignedInAtClaim)], context.User.Identity?.AuthenticationType))
                : new(new ClaimsIdentity());
        }

        await next(context);
    });

    /// <summary>The page that says that the store is not available must not need the store.</summary>
    private static async Task<Person?> FindAsync(HttpContext context, string id)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<IPeopleDirectory>().FindAsync(id, context.RequestAborted);
        }
        catch (TableStoreException) when (context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            return null;
        }
    }

    private sealed class PersonIdentity(
        Person person,
        IEnumerable<Claim> claims,
        string? authenticationType) : ClaimsIdentity(claims, authenticationType)
    {
        public Person Person { get; } = person;
    }
}
