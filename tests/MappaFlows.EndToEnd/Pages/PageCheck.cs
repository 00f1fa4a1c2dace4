using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MappaFlows.EndToEnd.Browsers;

namespace MappaFlows.EndToEnd.Pages;

/// <summary>Judges a page as it stands in the browser.</summary>
internal static class PageCheck
{
    /// <summary>Where pictures of the pages go, when somebody wants to look at them; null for none.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MAPPAFLOWS_SCREENSHOTS");

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>That it meets WCAG 2.2 at level AA, as far as a program can tell.</summary>
    public static async Task IsAccessibleAsync(Visitor visitor)
    {
        var result = await visitor.Page.RunAxe(Rules);
        Assert.NotEmpty(result.Passes);
        var violations = result.Violations
            .SelectMany(violation => violation.Nodes, (violation, node) => (violation.Id, violation.Help, node.Html))
            .Where(violation => !IsKnown(violation.Id, violation.Html))
            .Select(violation => $"{violation.Id} ({violation.Help}): {violation.Html}")
            .ToList();
        Assert.True(violations.Count == 0, $"{visitor.Page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>
    /// The design system's own script marks a choice that reveals a field with <c>aria-expanded</c>. ARIA does not list it for radios,
    /// screen readers announce it all the same, and its makers keep it for that.
    /// </summary>
    private static bool IsKnown(string rule, string html) =>
        rule == "aria-allowed-attr" && html.Contains("aria-controls=\"conditional-", StringComparison.Ordinal);

    /// <summary>That on a small telephone nothing has to be scrolled sideways, but for tables that scroll in a box of their own.</summary>
    public static async Task FitsAPhoneAsync(Visitor visitor)
    {
        var before = visitor.Page.ViewportSize!;
        await visitor.Page.SetViewportSizeAsync(Visitor.Phone.Width, Visitor.Phone.Height);
        var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        var beyond = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
                .map(element => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
            """);
        Assert.True(width <= Visitor.Phone.Width, $"{visitor.Page.Url} is {width} wide. Beyond the edge are:\n{string.Join('\n', beyond)}");
        await visitor.Page.SetViewportSizeAsync(before.Width, before.Height);
    }

    /// <summary>That every component became markup that browsers know, and every link leads somewhere.</summary>
    public static async Task IsWholeAsync(Visitor visitor)
    {
        var unknown = await visitor.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('*')].filter(element => element.localName.includes('-') || element.matches('a[href=\"\"]')).map(element => element.outerHTML)");
        Assert.Empty(unknown);
    }

    /// <summary>Takes pictures of it, as a desk and a telephone show it, when they are wanted.</summary>
    public static async Task PictureAsync(Visitor visitor, string name)
    {
        if (string.IsNullOrEmpty(Pictures)) return;
        var before = visitor.Page.ViewportSize!;
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true });
        await visitor.Page.SetViewportSizeAsync(Visitor.Phone.Width, Visitor.Phone.Height);
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-phone.png"), FullPage = true });
        await visitor.Page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
