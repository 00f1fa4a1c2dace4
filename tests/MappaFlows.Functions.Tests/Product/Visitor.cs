using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MappaFlows.Core.Streams;
using MappaFlows.Functions.Identity;

namespace MappaFlows.Functions.Tests.Product;

/// <summary>Somebody whom the platform signed in: their browser and their programs.</summary>
public sealed class Visitor : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _id;
    private readonly string[] _appRoles;

    public Visitor(Uri address, string id, string[] appRoles)
    {
        (_id, _appRoles) = (id, appRoles);
        _client = new HttpClient(new HttpsInFront()) { BaseAddress = address };
        SignIn(TimeSpan.Zero);
    }

    public string Email => $"{_id}@people.example";

    /// <summary>As though they had last proved who they are so long ago.</summary>
    public void SignIn(TimeSpan ago)
    {
        var claims = new List<(string Type, string Value)>
        {
            ("oid", _id),
            ("name", $"Test {_id}"),
            ("preferred_username", Email),
            ("auth_time", (DateTimeOffset.UtcNow - ago).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        };
        claims.AddRange(_appRoles.Select(role => ("roles", role)));
        var principal = JsonSerializer.Serialize(
            new { auth_typ = "aad", claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }) });
        _client.DefaultRequestHeaders.Remove(EasyAuthPrincipal.Header);
        _client.DefaultRequestHeaders.Add(EasyAuthPrincipal.Header, Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
    }

    public async Task<(int Status, IHtmlDocument Page)> OpenAsync(string path)
    {
        using var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await PageAsync(answer));
    }

    /// <summary>Sends the page's form as a browser would, with these answers in place of its own.</summary>
    public async Task<(int Status, string? Location, IHtmlDocument Page)> SubmitAsync(
        IHtmlDocument page,
        string path,
        params (string Name, string Value)[] answers)
    {
        var form = (IHtmlFormElement)page.QuerySelector("main form[method=post]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>()
            .Select(input => (input.Name!, input.Value))
            .Concat(answers)
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString, await PageAsync(answer));
    }

    /// <summary>Gives a command through the API, which has to succeed.</summary>
    public async Task<JsonElement> DoAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body, StreamJson.Options), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<IHtmlDocument> PageAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}

/// <summary>
/// The platform's front end: people come over https, and the worker sees http. So their browsers send the cookies that are
/// <c>Secure</c>.
/// </summary>
internal sealed class HttpsInFront() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly CookieContainer _cookies = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttps }.Uri;
        if (_cookies.GetCookieHeader(asked) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
        var answer = await base.SendAsync(request, cancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []) _cookies.SetCookies(asked, cookie);
        return answer;
    }
}
