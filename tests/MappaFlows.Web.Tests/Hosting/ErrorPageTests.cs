using System.Net;
using System.Text;
using AngleSharp.Dom;
using static MappaFlows.Web.Tests.Hosting.PagesHost;

namespace MappaFlows.Web.Tests.Hosting;

public sealed class ErrorPageTests(DefaultPages shell) : IClassFixture<DefaultPages>
{
    [Theory]
    [InlineData(400, "There is a problem with what was sent")]
    [InlineData(401, "You need to sign in")]
    [InlineData(403, "You cannot see this page")]
    [InlineData(404, "Page not found")]
    [InlineData(405, "This cannot be done here")]
    [InlineData(409, "Someone changed this before you")]
    [InlineData(413, "What you sent is too long")]
    [InlineData(418, "There is a problem with what was sent")]
    [InlineData(429, "Too many requests")]
    [InlineData(500, "Sorry, there is a problem with MappaFlows")]
    [InlineData(503, "MappaFlows is not available just now")]
    public async Task A_refusal_keeps_its_status_and_says_in_words_what_to_do_whatever_the_method(int status, string heading)
    {
        var host = shell.Host;

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
        {
            var answer = await host.Client.SendAsync(new HttpRequestMessage(method, $"/status/{status}"));

            Assert.Equal(status, (int)answer.StatusCode);
            var page = await ParseAsync(answer);
            Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
            Assert.Equal($"{heading} – MappaFlows", page.Title);
            Assert.NotEmpty(page.QuerySelectorAll("main p"));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_fault_of_ours_is_a_500_page_with_a_reference_and_no_detail(string method)
    {
        var host = shell.Host;

        var answer = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/fails"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = await ParseAsync(answer);
        Assert.DoesNotContain("secret", page.DocumentElement.OuterHtml);
        Assert.NotEmpty(page.QuerySelector("main code")!.TextContent);
    }

    [Fact]
    public async Task Wrong_method_returns_405()
    {
        var host = shell.Host;

        var answer = await host.Client.PostAsync("/only-get", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("This cannot be done here", (await ParseAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_post_without_an_antiforgery_token_is_told_400_on_a_page()
    {
        var host = shell.Host;

        var answer = await host.Client.PostAsync("/dev/styles", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("There is a problem with what was sent", (await ParseAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_told_413_whether_or_not_its_length_was_announced(bool isChunked)
    {
        var host = shell.Host;
        var form = new StringContent("Input.Reasons=" + new string('x', 1024 * 1024), Encoding.ASCII, "application/x-www-form-urlencoded");

        foreach (var path in new[] { "/dev/styles", "/reads" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
            request.Headers.TransferEncodingChunked = isChunked;
            var answer = await host.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Equal("What you sent is too long", (await ParseAsync(answer)).QuerySelector("h1")!.TextContent);
        }
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_taken()
    {
        var host = shell.Host;

        var answer = await host.Client.PostAsync("/reads", new StringContent(new string('x', 1024 * 1024)));

        Assert.Equal("1048576", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_address_of_the_error_page_itself_is_not_found()
    {
        var host = shell.Host;

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/error")).StatusCode);
    }

    [Fact]
    public async Task The_API_gets_no_pages()
    {
        var host = shell.Host;

        var answer = await host.Client.GetAsync("/api/v1/fails");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }
}
