using System.Net;
using System.Security.Claims;
using MappaFlows.Functions.Identity;
using MappaFlows.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MappaFlows.Functions.Tests.Identity;

public class EasyAuthHandlerTests
{
    private static readonly string Chair = EasyAuthHeader.Of(("oid", "id-1"), ("name", "Ada Example"), ("roles", "chair@kent"), ("auth_time", "1800000000"));

    [Fact]
    public async Task A_person_is_signed_in_where_the_platform_is_on()
    {
        await using var site = await SiteAsync(platformIsOn: true);

        var answer = await GetAsync(site, "/who", Chair);

        Assert.Equal("id-1|Ada Example|chair|chair@kent|1800000000", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_header_is_not_believed_where_the_platform_is_off()
    {
        await using var site = await SiteAsync(platformIsOn: false);

        var answer = await GetAsync(site, "/who", Chair);

        Assert.Equal("nobody", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Anonymous_visitor_returns_to_the_page_after_sign_in()
    {
        await using var site = await SiteAsync(platformIsOn: true);

        var answer = await GetAsync(site, "/challenge?page=2", header: null);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/.auth/login/aad?post_login_redirect_uri=%2Fchallenge%3Fpage%3D2", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_fresh_sign_in_signs_out_first()
    {
        await using var site = await SiteAsync(platformIsOn: true);

        var answer = await GetAsync(site, "/fresh", Chair);

        Assert.Equal(
            "/.auth/logout?post_logout_redirect_uri=" + Uri.EscapeDataString("/.auth/login/aad?post_login_redirect_uri=%2Fdecide&prompt=login"),
            answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://elsewhere.test/")]
    [InlineData("//elsewhere.test/")]
    [InlineData("/\\elsewhere.test/")]
    public async Task Sign_in_does_not_redirect_to_another_site(string back)
    {
        await using var site = await SiteAsync(platformIsOn: true);

        var answer = await GetAsync(site, "/challenge?back=" + Uri.EscapeDataString(back), header: null);

        Assert.StartsWith("/.auth/login/aad?post_login_redirect_uri=%2Fchallenge", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_plain_yes_of_the_platform_counts(string? value, bool on)
    {
        Assert.Equal(on, EasyAuthOptions.IsOn(value));
    }

    private static async Task<HttpResponseMessage> GetAsync(WebApplication site, string path, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
            request.Headers.Add(EasyAuthPrincipal.Header, header);
        using var client = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false })
        { BaseAddress = new Uri(site.Urls.Single()) };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> SiteAsync(bool platformIsOn)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication(EasyAuthHandler.SchemeName)
            .AddScheme<EasyAuthOptions, EasyAuthHandler>(EasyAuthHandler.SchemeName, options => options.PlatformIsOn = platformIsOn);

        var site = builder.Build();
        site.UseAuthentication();
        site.MapGet("/who", (ClaimsPrincipal person) => person.Identity is { IsAuthenticated: true }
            ? string.Join('|',
                person.FindFirstValue(ClaimTypes.NameIdentifier),
                person.Identity.Name,
                person.FindFirstValue(ClaimTypes.Role),
                person.FindFirstValue(EasyAuthHandler.GrantClaim),
                person.FindFirstValue(CurrentPerson.SignedInAtClaim))
            : "nobody");
        site.MapGet("/challenge", (HttpContext context, string? back) => context.ChallengeAsync(new AuthenticationProperties { RedirectUri = back }));
        site.MapGet("/fresh", (HttpContext context) =>
            context.ChallengeAsync(FreshSignIn.Ask("/decide")));
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }
}
