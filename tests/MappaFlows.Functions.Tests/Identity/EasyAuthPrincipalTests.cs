using System.Text;
using System.Text.Json;
using MappaFlows.Functions.Identity;

namespace MappaFlows.Functions.Tests.Identity;

public class EasyAuthPrincipalTests
{
    private static readonly IReadOnlySet<string> Roles = new EasyAuthOptions().Roles;

    [Fact]
    public void A_person_is_read_with_their_roles_and_areas()
    {
        var person = EasyAuthPrincipal.Parse(
            EasyAuthHeader.Of(("oid", "id-1"), ("name", "Ada Example"), ("preferred_username", "ada@example.test"), ("auth_time", "1800000000"),
                ("roles", "Coordinator@West-Midlands"), ("roles", "administrator")),
            Roles);

        Assert.NotNull(person);
        Assert.Equal("id-1", person.Id);
        Assert.Equal("Ada Example", person.Name);
        Assert.Equal("ada@example.test", person.Email);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), person.SignedInAt);
        Assert.Equal([new RoleGrant("coordinator", "west-midlands"), new RoleGrant("administrator", null)], person.Grants);
        Assert.Empty(person.Unknown);
    }

    [Fact]
    public void Claims_with_their_long_names_are_read_too()
    {
        var person = EasyAuthPrincipal.Parse(
            EasyAuthHeader.Of(
                ("http://schemas.microsoft.com/identity/claims/objectidentifier", "id-2"),
                ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "Bo Example"),
                ("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "chair@kent")),
            Roles);

        Assert.Equal("id-2", person?.Id);
        Assert.Equal("Bo Example", person?.Name);
        Assert.Equal([new RoleGrant("chair", "kent")], person?.Grants);
    }

    [Theory]
    [InlineData("supervisor")]
    [InlineData("coordinator@")]
    [InlineData("@kent")]
    [InlineData("coordinator@atlantis")]
    [InlineData("coordinator@kent@essex")]
    [InlineData("coordinator@kent@police@")]
    [InlineData("coordinator kent")]
    public void A_role_that_cannot_be_read_gives_nothing_and_is_shown(string appRole)
    {
        var person = EasyAuthPrincipal.Parse(EasyAuthHeader.Of(("oid", "id"), ("roles", appRole)), Roles);

        Assert.Empty(person!.Grants);
        Assert.Equal([appRole], person.Unknown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("bnVsbA==")]
    [InlineData("W10=")]
    [InlineData("e30=")]
    [InlineData("eyJjbGFpbXMiOlt7fV19")]
    public void A_header_that_cannot_be_read_is_no_one(string? header)
    {
        Assert.Null(EasyAuthPrincipal.Parse(header, Roles));
    }

    [Fact]
    public void A_person_without_an_object_id_is_no_one()
    {
        Assert.Null(EasyAuthPrincipal.Parse(EasyAuthHeader.Of(("name", "Ada Example"), ("roles", "administrator")), Roles));
    }

    [Fact]
    public void Oversized_client_principal_header_is_anonymous()
    {
        Assert.Null(EasyAuthPrincipal.Parse(EasyAuthHeader.Of(("oid", new string('x', 40_000))), Roles));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("999999999999999999")]
    public void A_time_of_sign_in_that_cannot_be_is_not_known(string authTime)
    {
        var person = EasyAuthPrincipal.Parse(EasyAuthHeader.Of(("oid", "id"), ("auth_time", authTime)), Roles);

        Assert.Null(person!.SignedInAt);
    }

    [Fact]
    public void A_role_may_say_the_agency_too()
    {
        var person = EasyAuthPrincipal.Parse(EasyAuthHeader.Of(("oid", "id"), ("roles", "lead-agency-manager@kent@probation")), Roles);

        Assert.Equal([new RoleGrant("lead-agency-manager", "kent", "probation")], person!.Grants);
        Assert.Equal("lead-agency-manager@kent@probation", person.Grants[0].ToString());
    }
}

/// <summary>A header as the platform writes it.</summary>
internal static class EasyAuthHeader
{
    public static string Of(params (string Type, string Value)[] claims) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            auth_typ = "aad",
            name_typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
            role_typ = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
            claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }),
        })));
}
