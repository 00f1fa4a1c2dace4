using System.Security.Claims;
using MappaFlows.Core.Access;
using MappaFlows.Web.Identity;
using MappaFlows.Workflows.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MappaFlows.Functions.Identity;

/// <summary>
/// Keeps the directory as the platform's sign-in says: each person who signs in is in it, with the roles, the area and the agency that
/// their app roles name, and no others. A role that was taken away in Entra ID is gone here when the person next signs in.
/// </summary>
/// <remarks>
/// A person without any app role is kept too, with no rights: if they were unknown, they would be sent to sign in for ever. A person
/// works in one area; app roles that name two areas or two agencies give nothing, rather than one of them by chance.
/// </remarks>
public sealed partial class DirectoryEnrolment(
    TablePeopleDirectory directory,
    IOptionsMonitor<EasyAuthOptions> options,
    ILogger<DirectoryEnrolment> logger) : IClaimsTransformation
{
    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity?.AuthenticationType == EasyAuthHandler.SchemeName && principal.FindFirst(CurrentPerson.IdClaim) is { } id)
        {
            var person = PersonOf(principal, id.Value);
            if (!IsSame(await directory.FindAsync(person.Id), person)) await directory.SaveAsync([person], []);
        }

        return principal;
    }

    private Person PersonOf(ClaimsPrincipal principal, string id)
    {
        var roles = options.Get(EasyAuthHandler.SchemeName).Roles;
        var grants = principal.FindAll(EasyAuthHandler.GrantClaim)
            .Select(claim => RoleGrant.Parse(claim.Value, roles))
            .OfType<RoleGrant>()
            .ToList();
        var areas = grants.Select(grant => grant.Area).OfType<string>().Distinct().ToList();
        var agencies = grants.Select(grant => grant.Agency).OfType<string>().Distinct().ToList();
        if (areas.Count > 1 || agencies.Count > 1)
        {
            LogAmbiguous(id);
            (grants, areas, agencies) = ([], [], []);
        }

        return new(
            id,
            principal.FindFirst(ClaimTypes.Name)?.Value ?? id,
            principal.FindFirst(ClaimTypes.Email)?.Value ?? "",
            agencies.FirstOrDefault() ?? "",
            areas.FirstOrDefault() ?? "",
            [.. grants.Select(grant => RoleOf(grant.Role)).Distinct().Order()]);
    }

    private static Role RoleOf(string name) => Enum.Parse<Role>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static bool IsSame(Person? known, Person person) =>
        known is not null && known with { Roles = [] } == person with { Roles = [] } && known.Roles.SequenceEqual(person.Roles);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The app roles of person {PersonId} name more than one area or agency, so they give nothing.")]
    private partial void LogAmbiguous(string personId);
}
