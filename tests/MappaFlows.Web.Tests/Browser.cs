using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MappaFlows.Web.Tests;

/// <summary>A browser with cookies and without scripts. It does not follow redirects by itself.</summary>
public sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>For requests that no page makes.</summary>
    public HttpClient Client => _client;

    public async Task<BrowserPage> OpenAsync(string path) => await BrowserPage.OfAsync(path, await _client.GetAsync(path));

    /// <summary>Opens a page and says that it is there.</summary>
    public async Task<BrowserPage> ReadAsync(string path)
    {
        var page = await OpenAsync(path);
        Assert.Equal(200, page.Status);
        return page;
    }

    /// <summary>
    /// Sends the form in the page's main part as a browser would: with its own values, but for the answers given here. Several answers of
    /// one name are several checkboxes. A null removes the field.
    /// </summary>
    /// <param name="form">Which form, where a page has several.</param>
    public async Task<BrowserPage> SubmitAsync(BrowserPage page, string form, params (string Name, string? Value)[] answers)
    {
        var element = page.Document.QuerySelector(form) as IHtmlFormElement
            ?? throw new InvalidOperationException($"The page {page.Path} has no form '{form}'.");
        var replaced = answers.Select(answer => answer.Name).ToHashSet();
        var fields = FieldsOf(element)
            .Where(field => !replaced.Contains(field.Name))
            .Concat(answers.Where(answer => answer.Value is not null).Select(answer => (answer.Name, Value: answer.Value!)))
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        var action = element.GetAttribute("action") is { Length: > 0 } given ? given : page.Path;
        var answer = await BrowserPage.OfAsync(action, await _client.PostAsync(action, new FormUrlEncodedContent(fields)));

        // The check page of the same form, at an address of its own.
        return answer is { Status: 303, Location: { } check } && check.StartsWith($"{action.Split('?')[0]}?check=", StringComparison.Ordinal)
            ? await OpenAsync(check)
            : answer;
    }

    /// <inheritdoc cref="SubmitAsync(BrowserPage, string, ValueTuple{string, string}[])"/>
    public Task<BrowserPage> SubmitAsync(BrowserPage page, params (string Name, string? Value)[] answers) =>
        SubmitAsync(page, "main form[method=post]", answers);

    /// <summary>Goes where the answer leads.</summary>
    public Task<BrowserPage> FollowAsync(BrowserPage answer)
    {
        Assert.Equal(303, answer.Status);
        return ReadAsync(answer.Location!);
    }

    public void Dispose() => _client.Dispose();

    private static IEnumerable<(string Name, string Value)> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0, Type: "radio" or "checkbox" } choice:
                    if (choice.IsChecked) yield return (choice.Name, choice.Value);
                    break;
                case IHtmlInputElement { Name.Length: > 0 } input when input.Type is not ("submit" or "button"):
                    yield return (input.Name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area:
                    yield return (area.Name, area.Value);
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } select:
                    yield return (select.Name, select.Value ?? "");
                    break;
            }
        }
    }
}

/// <summary>What a browser got.</summary>
public sealed record BrowserPage(string Path, int Status, string? Location, string Html, IHtmlDocument Document)
{
    public string Heading => Trimmed(Document.QuerySelector("h1")?.TextContent);

    public string Title => Document.Title ?? "";

    /// <summary>The text of the page's main part, in single spaces.</summary>
    public string Text => Trimmed(Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent);

    /// <summary>The messages of the error summary.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(item => Trimmed(item.TextContent))];

    /// <summary>What the control of this name holds.</summary>
    public string? ValueOf(string name) => Document.QuerySelector($"[name='{name}']") switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } => Document.QuerySelector($"[name='{name}'][checked]")?.GetAttribute("value"),
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };

    internal static async Task<BrowserPage> OfAsync(string path, HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new(path, (int)response.StatusCode, response.Headers.Location?.OriginalString, html, new HtmlParser().ParseDocument(html));
    }

    private static string Trimmed(string? text) =>
        string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
