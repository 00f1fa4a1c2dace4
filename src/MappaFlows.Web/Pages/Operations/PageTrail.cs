using System.Text.Json;

namespace MappaFlows.Web.Pages.Operations;

/// <summary>
/// The pages that led to the one that is shown, so that a list which an engine can only follow forward can be paged back too. It goes
/// along in the address, protected; of a long trail only the last pages are kept.
/// </summary>
internal sealed class PageTrail
{
    // Tokens are long, and so would addresses be.
    private const int MaxPages = 10;
    private const string FirstPage = "";

    private readonly PageTokens _tokens;
    private readonly List<string> _pages;

    private PageTrail(PageTokens tokens, List<string> pages)
    {
        _tokens = tokens;
        _pages = pages;
    }

    /// <summary>The token by which the engine finds this page; null for the first.</summary>
    public string? Token => _pages[^1] == FirstPage ? null : _pages[^1];

    /// <summary>Whether there is a way back from this page.</summary>
    public bool HasPrevious => _pages.Count > 1;

    /// <summary>The trail to the page before, protected; null where that is the first.</summary>
    public string? Previous => _pages.Count < 2 || _pages[^2] == FirstPage ? null : Seal(_pages[..^1]);

    /// <summary>The trail that an address carries; one that is none of ours leads to the first page.</summary>
    public static PageTrail Open(PageTokens tokens, string? sealedTrail)
    {
        var pages = tokens.Open(sealedTrail) is { } json ? JsonSerializer.Deserialize<List<string>>(json)! : [FirstPage];
        return new PageTrail(tokens, pages);
    }

    /// <summary>The trail to the page that the engine finds by the token, protected.</summary>
    public string To(string token) => Seal([.. _pages.TakeLast(MaxPages), token]);

    private string Seal(List<string> pages) => _tokens.Seal(JsonSerializer.Serialize(pages))!;
}
