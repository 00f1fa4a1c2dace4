using System.Net;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>Choosing a person is for Development, on this machine, by a browser that asked this machine by its own name.</summary>
public sealed class LocalSignInTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Fact]
    public async Task Anonymous_visitor_returns_to_the_page_after_local_sign_in()
    {
        using var browser = product.NewBrowser();
        var sent = await browser.OpenAsync("/caseload?level=Level2");
        Assert.Equal(302, sent.Status);
        var signIn = await browser.ReadAsync(new Uri(sent.Location!).PathAndQuery);
        var back = await browser.SubmitAsync(signIn, ("PersonId", "casey-coordinator"));
        Assert.Equal(303, back.Status);
        Assert.Equal("/caseload?level=Level2", back.Location);
    }

    [Fact]
    public async Task The_sign_in_page_names_each_person_with_role_agency_and_area()
    {
        using var browser = product.NewBrowser();
        var page = await browser.ReadAsync("/sign-in");
        Assert.Equal("Who are you?", page.Heading);
        Assert.Equal("Coordinator, Police, Hampshire and Isle of Wight", Role("Casey Coordinator"));
        Assert.Equal("Chair, Police, Dorset", Role("Drew Dorset"));

        string Role(string name) => page.Document
            .QuerySelectorAll(".govuk-radios__item")
            .Single(item => item.QuerySelector("label")!.TextContent.Trim() == name)
            .QuerySelector(".govuk-hint")!.TextContent.Trim();
    }

    [Fact]
    public async Task Sign_in_without_a_person_shows_an_error()
    {
        using var browser = product.NewBrowser();
        var answer = await browser.SubmitAsync(await browser.ReadAsync("/sign-in"));
        Assert.Equal(422, answer.Status);
        Assert.Equal(["Select who you are"], answer.Errors);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task The_way_back_leads_to_no_other_site(string returnUrl)
    {
        using var browser = product.NewBrowser();
        var page = await browser.ReadAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var answer = await browser.SubmitAsync(page, ("PersonId", "casey-coordinator"));
        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public async Task The_header_shows_who_is_signed_in_until_they_sign_out()
    {
        using var browser = await product.SignInAsync("morgan-manager");
        var page = await browser.OpenAsync("/sign-out");
        Assert.Contains("Morgan Manager, Lead agency manager, Hampshire", page.Html, StringComparison.Ordinal);
        await browser.SubmitAsync(page);
        Assert.Equal(302, (await browser.OpenAsync("/caseload")).Status);
    }

    [Fact]
    public async Task A_name_that_was_pointed_at_this_machine_from_elsewhere_is_not_let_in()
    {
        using var browser = product.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "rebound.example" } };
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_session_is_not_believed_under_another_name()
    {
        using var browser = await product.SignInAsync("casey-coordinator");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = product.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases") { Headers = { Host = "rebound.example" } };
        request.Headers.Add(LocalSignIn.PersonHeader, "casey-coordinator");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request)).StatusCode);
    }
}
