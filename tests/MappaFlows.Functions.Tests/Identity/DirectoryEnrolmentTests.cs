using System.Net;
using MappaFlows.Core.Access;
using MappaFlows.Functions.Identity;
using MappaFlows.Workflows.People;

namespace MappaFlows.Functions.Tests.Identity;

/// <summary>The directory follows the platform's sign-in.</summary>
public sealed class DirectoryEnrolmentTests(SiteOnly site) : IClassFixture<SiteOnly>
{
    [Fact]
    public async Task Sign_in_adds_the_person_with_their_app_roles()
    {
        var person = await SignInAsync("new-1", "lead-agency-manager@kent@probation", "referrer", "supervisor");

        Assert.Equal(("Ada Example", "ada@example.test", "probation", "kent"), (person.Name, person.Email, person.AgencyId, person.AreaCode));
        Assert.Equal([Role.Referrer, Role.LeadAgencyManager], person.Roles);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_at_the_next_sign_in()
    {
        await SignInAsync("new-2", "coordinator@kent", "chair@kent");

        Assert.Equal([Role.Chair], (await SignInAsync("new-2", "chair@kent")).Roles);
        Assert.Empty((await SignInAsync("new-2")).Roles);
    }

    [Theory]
    [InlineData("coordinator@kent", "chair@dorset")]
    [InlineData("lead-agency-manager@kent@police", "referrer@kent@probation")]
    public async Task App_roles_that_name_two_areas_or_two_agencies_give_nothing(string one, string other)
    {
        var person = await SignInAsync("new-3", one, other);

        Assert.Equal(("", ""), (person.AreaCode, person.AgencyId));
        Assert.Empty(person.Roles);
    }

    [Fact]
    public async Task Someone_without_a_role_comes_in_and_sees_nothing()
    {
        var header = EasyAuthHeader.Of(("oid", "new-4"), ("name", "Bo Example"));

        using var start = await site.GetAsync("/", header);
        using var caseload = await site.GetAsync("/caseload", header);

        Assert.Contains("Bo Example", await start.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, caseload.StatusCode);
    }

    [Fact]
    public async Task Without_the_platforms_header_everyone_is_sent_to_its_sign_in()
    {
        using var answer = await site.GetAsync("/caseload?page=2", header: null);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/.auth/login/aad?post_login_redirect_uri=%2Fcaseload%3Fpage%3D2", answer.Headers.Location?.OriginalString);
    }

    private async Task<Person> SignInAsync(string id, params string[] appRoles)
    {
        var header = EasyAuthHeader.Of(
            [("oid", id), ("name", "Ada Example"), ("preferred_username", "ada@example.test"), .. appRoles.Select(role => ("roles", role))]);
        using var start = await site.GetAsync("/", header);
        Assert.Equal(HttpStatusCode.OK, start.StatusCode);
        return (await site.Get<IPeopleDirectory>().FindAsync(id))!;
    }
}
