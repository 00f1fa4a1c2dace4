using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MappaFlows.Web.Tests.Api;

namespace MappaFlows.Web.Tests.Identity;

/// <summary>The clock, the mailbox and the people, for those who try the product on their own machine.</summary>
public sealed class DevelopmentTests(ProductFactory product) : IClassFixture<ProductFactory>
{
    [Theory]
    [InlineData("""{"advance":"soon"}""", 422, "advance")]
    [InlineData("""{"advance":"P900Y"}""", 422, "advance")]
    [InlineData("""{"advance":"P300Y"}""", 422, "advance")]
    [InlineData("""{"to":"tomorrow"}""", 422, "to")]
    [InlineData("""{"to":"2020-01-01T00:00:00Z"}""", 422, "to")]
    [InlineData("""{"advance":"P1D","to":"2030-01-01T00:00:00Z"}""", 422, "to")]
    [InlineData("{}", 422, "advance")]
    [InlineData("{", 400, "")]
    [InlineData("""{"advance":7}""", 400, "")]
    public async Task A_move_that_cannot_be_is_refused_and_the_clock_stays(string body, int status, string field)
    {
        using var browser = product.NewBrowser();
        var before = product.Clock.Offset;
        using var response = await browser.Client.PostAsync("/dev/clock", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var answer = (await ApiAnswer.OfAsync(response)).IsProblem(status);
        Assert.False(string.IsNullOrWhiteSpace(answer.Error(field)));
        Assert.Equal(before, product.Clock.Offset);
    }

    [Fact]
    public async Task The_clock_is_moved_on_its_page_and_every_page_says_so()
    {
        await using var own = await new ProductFactory().StartAsync();
        using var browser = own.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await browser.ReadAsync("/dev/clock");
        Assert.Equal(["Select how far, or enter when to"], (await browser.SubmitAsync(page)).Errors);
        var moved = await browser.FollowAsync(await browser.SubmitAsync(page, ("Advance", "P1Y")));
        Assert.Contains("The clock was moved", moved.Text, StringComparison.Ordinal);
        Assert.True(own.Clock.Offset > TimeSpan.FromDays(364));
        Assert.Contains("The time machine has moved the clock", (await browser.ReadAsync("/sign-in")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_cannot_move_the_clock()
    {
        using var browser = product.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dev/clock") { Content = new FormUrlEncodedContent([new("advance", "P1Y")]) };
        request.Headers.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_email_is_listed_read_and_its_link_and_invitation_can_be_followed()
    {
        await using var own = await new ProductFactory().StartAsync();
        using var browser = own.NewBrowser();
        Assert.Contains("No email was sent yet.", (await browser.ReadAsync("/dev/mailbox")).Text, StringComparison.Ordinal);

        var api = new ApiClient(own);
        var reference = await api.ManageAsync();
        await api.PostAsync("casey-coordinator", $"/cases/{reference}/meetings", new { startsAt = own.Now.AddDays(5), minutes = 60, place = "Room 1" });
        var list = await browser.ReadAsync("/dev/mailbox");
        var path = list.Document.QuerySelectorAll("main tbody a")
            .First(link => link.TextContent.Contains("Invitation", StringComparison.OrdinalIgnoreCase))
            .GetAttribute("href")!;
        var mail = await browser.ReadAsync(path);
        Assert.Contains(mail.Document.QuerySelectorAll("main p a"), link => link.GetAttribute("href") == $"{own.Address.ToString().TrimEnd('/')}/cases/{reference}");
        using var attachment = await browser.Client.GetAsync(path + "/attachments/0");
        Assert.Equal("text/calendar", attachment.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(path + "/attachments/9")).StatusCode);

        var json = await browser.Client.GetFromJsonAsync<JsonElement>("/dev/mailbox.json");
        Assert.EndsWith(reference, json[0].GetProperty("subject").GetString(), StringComparison.Ordinal);
        foreach (var item in new[] { "id", "to", "subject", "text", "links", "attachments" }) Assert.True(json[0].TryGetProperty(item, out _), item);
    }

    [Fact]
    public async Task The_people_are_listed_for_tools()
    {
        using var browser = product.NewBrowser();
        var people = await browser.Client.GetFromJsonAsync<JsonElement>("/dev/people");
        Assert.Contains(people.EnumerateArray(), person => person.GetProperty("id").GetString() == "charlie-chair");
    }
}
