using System.Net;

namespace MappaFlows.Web.Tests.Hosting;

/// <summary>
/// What Mozilla's HTTP Observatory would say of each kind of route over https. A score of 100 or more is an A+. The rules are those of
/// https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring as far as an answer can break or meet them.
/// </summary>
public sealed class ObservatoryTests : IAsyncLifetime
{
    private readonly ProductFactory _product = new() { IsHttps = true };

    public async ValueTask InitializeAsync() => await _product.StartAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("GET", "/sign-in", 200)]
    [InlineData("GET", "/", 302)]
    [InlineData("GET", "/no-such-page", 302)]
    [InlineData("POST", "/sign-in", 400)]
    [InlineData("GET", "/assets/none.css", 404)]
    [InlineData("GET", "/assets/app", 200)]
    [InlineData("GET", "/api/v1/cases", 401)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/dev/mailbox", 200)]
    [InlineData("GET", "/dev/people", 200)]
    public async Task Every_kind_of_route_has_an_A_plus_over_https(string method, string path, int status)
    {
        using var client = Client();
        if (path == "/assets/app") path = await AssetAsync(client);
        using var response = await client.SendAsync(new HttpRequestMessage(new(method), path));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(ScoreOf(response) >= 100, $"{path}: {ScoreOf(response)}\n{response}");
    }

    [Fact]
    public async Task A_person_who_is_signed_in_has_it_too_and_all_cookies_are_secure()
    {
        var cookies = new CookieContainer();
        using var client = Client(cookies);
        var page = await BrowserPage.OfAsync("/sign-in", await client.GetAsync("/sign-in"));
        var form = new Dictionary<string, string>
        {
            ["PersonId"] = "casey-coordinator",
            ["__RequestVerificationToken"] = page.ValueOf("__RequestVerificationToken")!,
        };
        using var signedIn = await client.PostAsync("/sign-in", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        foreach (var path in new[] { "/", "/caseload", "/no-such-page", "/cases/MF-00000-00000" })
        {
            using var response = await client.GetAsync(path);
            Assert.True(ScoreOf(response) >= 100, $"{path}: {ScoreOf(response)}\n{response}");
        }

        var all = cookies.GetAllCookies();
        Assert.True(all.Count >= 2);
        Assert.All(all, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true }, cookie.Name));
    }

    [Fact]
    public async Task Over_http_nothing_asks_for_https()
    {
        await using var plain = await new ProductFactory().StartAsync();
        using var browser = plain.NewBrowser();
        using var response = await browser.Client.GetAsync("/sign-in");
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    private HttpClient Client(CookieContainer? cookies = null) => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = cookies ?? new(),
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    })
    {
        BaseAddress = _product.Address,
    };

    private static async Task<string> AssetAsync(HttpClient client)
    {
        var page = await BrowserPage.OfAsync("/sign-in", await client.GetAsync("/sign-in"));
        return page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
    }

    private static int ScoreOf(HttpResponseMessage response)
    {
        var score = 100;
        var policy = Header(response, "Content-Security-Policy");
        var sources = policy.Split(';', StringSplitOptions.TrimEntries).ToDictionary(part => part.Split(' ')[0], part => part);
        if (policy.Length == 0) score -= 25;
        else if (new[] { "unsafe-", "data:", "*" }.Any(lax => policy.Contains(lax, StringComparison.Ordinal))) score -= 20;
        else score += sources.GetValueOrDefault("default-src") == "default-src 'none'" ? 10 : 5;

        if (sources.ContainsKey("frame-ancestors")) score += 5;
        else if (Header(response, "X-Frame-Options").Length == 0) score -= 20;
        if (Header(response, "X-Content-Type-Options") != "nosniff") score -= 5;
        score += Header(response, "Referrer-Policy") is "no-referrer" or "same-origin" or "strict-origin" or "strict-origin-when-cross-origin" ? 5 : -5;
        score += Header(response, "Cross-Origin-Resource-Policy") is "same-origin" or "same-site" ? 10 : 0;

        var maxAge = Header(response, "Strict-Transport-Security").Split(';')[0].Replace("max-age=", "", StringComparison.Ordinal);
        if (maxAge.Length == 0) score -= 20;
        else if (long.Parse(maxAge, System.Globalization.CultureInfo.InvariantCulture) < 15_768_000) score -= 10;

        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            if (!cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)) score -= 40;
            if (!cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase)) score -= 30;
            if (!cookie.Contains("; samesite=", StringComparison.OrdinalIgnoreCase)) score -= 20;
        }

        if (response.Headers.Contains("Access-Control-Allow-Origin")) score -= 50;

        return score;
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
