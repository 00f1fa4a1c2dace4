using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace MappaFlows.Web.Tests.Hosting;

public sealed class AssetTests(DefaultPages shell) : IClassFixture<DefaultPages>
{
    [Fact]
    public async Task Every_file_that_a_page_or_its_style_sheet_names_is_there_with_its_type_and_may_be_kept_for_ever()
    {
        var host = shell.Host;
        var page = await host.PageAsync("/dev/styles");
        var files = page.QuerySelectorAll("link[href],script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).ToList();
        var css = await host.Client.GetStringAsync(files.Single(file => file.EndsWith(".css")));
        files.AddRange(Regex.Matches(css, @"url\(""?\./([^"")]+)").Select(match => $"/assets/{match.Groups[1].Value}").Distinct());
        Assert.True(files.Count > 5, string.Join(' ', files));

        foreach (var file in files)
        {
            Assert.Matches(@"\.[A-Z0-9]{8}\.\w+$", file);
            var answer = await host.Client.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
            Assert.Equal(
                Path.GetExtension(file) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", var other => other },
                answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        var host = shell.Host;
        var file = await StyleSheetAsync(host);
        var first = await host.Client.GetAsync(file);

        var request = new HttpRequestMessage(HttpMethod.Get, file);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_browser_that_takes_gzip_gets_it_under_another_tag()
    {
        var host = shell.Host;
        var file = await StyleSheetAsync(host);
        var plain = await host.Client.GetAsync(file);
        var request = new HttpRequestMessage(HttpMethod.Get, file);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        var compressed = await host.Client.SendAsync(request);

        Assert.Equal("gzip", compressed.Content.Headers.ContentEncoding.Single());
        Assert.NotEqual(plain.Headers.ETag, compressed.Headers.ETag);
        Assert.True(compressed.Content.Headers.ContentLength < plain.Content.Headers.ContentLength / 4);
    }

    [Theory]
    [InlineData("/assets/none.css")]
    [InlineData("/assets/manifest.json")]
    [InlineData("/assets/")]
    public async Task What_is_not_in_the_manifest_is_not_found(string path)
    {
        var host = shell.Host;

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_file_takes_no_post()
    {
        var host = shell.Host;

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.Client.PostAsync(await StyleSheetAsync(host), null)).StatusCode);
    }

    [Fact]
    public async Task The_style_sheet_asks_for_no_typeface_of_GOV_UK()
    {
        var host = shell.Host;

        var css = await host.Client.GetStringAsync(await StyleSheetAsync(host));

        Assert.DoesNotContain("GDS Transport", css);
        Assert.DoesNotContain("@font-face", css);
        Assert.Contains(".moj-timeline", css);
        Assert.Contains(".govuk-button", css);
    }

    [Theory]
    [InlineData("/dev/styles")]
    [InlineData("/nowhere")]
    [InlineData("/fails")]
    public async Task Every_page_carries_the_security_headers_and_is_kept_by_no_cache(string path)
    {
        var host = shell.Host;

        var answer = await host.Client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task No_page_holds_a_script_or_a_style_that_the_policy_would_refuse()
    {
        var host = shell.Host;

        foreach (var path in new[] { "/dev/styles", "/nowhere" })
        {
            var page = await host.PageAsync(path);
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
            Assert.DoesNotContain(
                page.All.SelectMany(element => element.Attributes),
                attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        }
    }

    private static async Task<string> StyleSheetAsync(PagesHost host) =>
        (await host.PageAsync("/dev/styles")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
}
