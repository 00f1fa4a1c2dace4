using Microsoft.Extensions.DependencyInjection;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>The directory follows the platform's sign-in.</summary>
public sealed class DirectoryEnrolmentTests(FreshSignInTests.Platform platform) : IClassFixture<FreshSignInTests.Platform>
{
    [Fact]
    public async Task Whoever_signs_in_is_in_the_directory_with_what_their_app_roles_name()
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
    public async Task Somebody_without_a_role_comes_in_and_sees_nothing()
    {
        using var browser = platform.Product.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add(EasyAuthPrincipal.Header, EasyAuthHeader.Of(("oid", "new-4"), ("name", "Bo Example")));

        var start = await browser.ReadAsync("/");
        var caseload = await browser.OpenAsync("/caseload");

        Assert.Contains("Bo Example", start.Html);
        Assert.NotEqual(200, caseload.Status);
        Assert.NotEqual(302, caseload.Status);
    }

    [Fact]
    public async Task Without_the_platforms_header_everybody_is_sent_to_its_sign_in()
    {
        using var browser = platform.Product.NewBrowser();

        var answer = await browser.OpenAsync("/caseload?page=2");

        Assert.Equal((302, "/.auth/login/aad?post_login_redirect_uri=%2Fcaseload%3Fpage%3D2"), (answer.Status, answer.Location));
    }

    private async Task<Person> SignInAsync(string id, params string[] appRoles)
    {
        using var browser = platform.Product.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add(EasyAuthPrincipal.Header, EasyAuthHeader.Of(
            [("oid", id), ("name", "Ada Example"), ("preferred_username", "ada@example.test"), .. appRoles.Select(role => ("roles", role))]));
        await browser.ReadAsync("/");
        return (await platform.Product.Services.GetRequiredService<IPeopleDirectory>().FindAsync(id))!;
    }
}
