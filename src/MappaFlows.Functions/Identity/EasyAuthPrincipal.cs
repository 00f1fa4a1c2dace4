using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MappaFlows.Functions.Identity;

/// <summary>The person whom the platform signed in, as its <c>X-MS-CLIENT-PRINCIPAL</c> header tells: base64 over JSON.</summary>
/// <remarks>
/// The header proves nothing by itself. It is to be read only where the platform's authentication is on, which then removes any that a
/// client sent.
/// </remarks>
/// <param name="Id">The person's object id in the tenant: the same for as long as the account lives, even when their name changes.</param>
/// <param name="Name">Their name, for pages. Not an identity.</param>
/// <param name="Email">Their address, or null where the token has none.</param>
/// <param name="SignedInAt">
/// When they last proved who they are, or null where the token does not say (the optional claim <c>auth_time</c>).
/// </param>
/// <param name="Grants">What they may be, and where.</param>
/// <param name="Unknown">App roles that mean nothing here, for an administrator to put right. They give nothing.</param>
public sealed record EasyAuthPrincipal(
    string Id,
    string Name,
    string? Email,
    DateTimeOffset? SignedInAt,
    IReadOnlyList<RoleGrant> Grants,
    IReadOnlyList<string> Unknown)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";

    // A header is bounded by the server at 32 KiB in all; what is longer did not come from the platform.
    private const int MaxHeader = 32 * 1024;

    private static readonly string[] NameTypes = ["name", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"];
    private static readonly string[] EmailTypes = ["email", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "preferred_username"];

    /// <summary>Reads the header's value.</summary>
    /// <param name="header">What the platform sent.</param>
    /// <param name="roles">The roles of this product, by the names that app roles have.</param>
    /// <returns>The person, or null where the value is not one: an unreadable value signs no one in.</returns>
    public static EasyAuthPrincipal? Parse(string? header, IReadOnlySet<string> roles)
    {
        if (string.IsNullOrEmpty(header) || header.Length > MaxHeader || Decode(header) is not { Claims: { } claims } payload)
            return null;

        var byType = claims
            .Where(claim => !string.IsNullOrEmpty(claim.Type) && claim.Value is not null)
            .ToLookup(claim => claim.Type!, claim => claim.Value!, StringComparer.Ordinal);

        var id = First(byType, ["oid", ObjectId]);
        if (id is null)
            return null;

        var appRoles = RoleTypes(payload).SelectMany(type => byType[type]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var grants = appRoles.Select(value => RoleGrant.Parse(value, roles)).ToList();
        return new EasyAuthPrincipal(
            id,
            First(byType, NameTypes) ?? "Name not given",
            First(byType, EmailTypes),
            long.TryParse(First(byType, ["auth_time"]), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null,
            [.. grants.OfType<RoleGrant>()],
            [.. appRoles.Where((_, i) => grants[i] is null)]);
    }

    private static string[] RoleTypes(Payload payload) =>
        payload.RoleType is { Length: > 0 } given && given != "roles" ? ["roles", given] : ["roles"];

    private static string? First(ILookup<string, string> claims, IEnumerable<string> types) =>
        types.SelectMany(type => claims[type]).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static Payload? Decode(string header)
    {
        try
        {
            return JsonSerializer.Deserialize<Payload>(Convert.FromBase64String(header));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Payload(
        [property: JsonPropertyName("claims")] IReadOnlyList<PrincipalClaim>? Claims,
        [property: JsonPropertyName("role_typ")] string? RoleType);

    private sealed record PrincipalClaim(
        [property: JsonPropertyName("typ")] string? Type,
        [property: JsonPropertyName("val")] string? Value);
}
