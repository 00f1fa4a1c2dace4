using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// Links to the pages of a list, by number (<c>page</c> and <c>pages</c>) or, where the number is not known, only back and forth
/// (<c>previous-href</c> and <c>next-href</c>). It writes nothing where there is one page only.
/// </summary>
[HtmlTargetElement("govuk-pagination", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PaginationTagHelper : TagHelper
{
    /// <summary>The number of the page that is shown, from 1.</summary>
    public int Page { get; set; } = 1;

    /// <summary>How many pages there are.</summary>
    public int Pages { get; set; }

    /// <summary>The query parameter that carries the number. The rest of the request's query, such as filters, stays.</summary>
    /// <remarks>Not "page": in Razor Pages that name binds the route's own value, the path of the page.</remarks>
    public string QueryName { get; set; } = "pageNumber";

    /// <summary>The page before, where pages have no numbers.</summary>
    public string? PreviousHref { get; set => field = Markup.Given(value); }

    /// <summary>The page after, where pages have no numbers.</summary>
    public string? NextHref { get; set => field = Markup.Given(value); }

    /// <summary>What the landmark is called, where a page has several.</summary>
    public string Label { get; set; } = "Pagination";

    /// <summary>The view that is being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // Razor turns a null in an attribute into an empty text.
        var previous = !string.IsNullOrEmpty(PreviousHref) ? PreviousHref : Page > 1 && Page <= Pages ? Address(Page - 1) : null;
        var next = !string.IsNullOrEmpty(NextHref) ? NextHref : Page < Pages ? Address(Page + 1) : null;
        if (previous is null && next is null)
        {
            output.SuppressOutput();
            return;
        }

        output.Becomes("nav", "govuk-pagination");
        output.Attributes.SetAttribute("aria-label", Label);
        if (previous is not null)
            output.Content.AppendHtml(Step("prev", previous, "Previous"));
        if (Pages > 1)
            output.Content.AppendHtml(Markup.Element("ul", "govuk-pagination__list", [.. Shown().Select(Item)]));
        if (next is not null)
            output.Content.AppendHtml(Step("next", next, "Next"));
    }

    /// <summary>First, last, and the current page with its neighbours; null stands for a gap of two or more.</summary>
    private IEnumerable<int?> Shown()
    {
        var last = 0;
        foreach (var page in new[] { 1, Page - 1, Page, Page + 1, Pages }.Where(page => page >= 1 && page <= Pages).Distinct().Order())
        {
            if (page - last == 2)
                yield return page - 1;
            else if (page - last > 2)
                yield return null;
            yield return page;
            last = page;
        }
    }

    private IHtmlContent Item(int? page)
    {
        if (page is not { } number)
            return Markup.Element("li", "govuk-pagination__item govuk-pagination__item--ellipsis", "⋯");

        var isCurrent = number == Page;
        var text = number.ToString(CultureInfo.InvariantCulture);
        return Markup.Element(
            "li",
            Markup.Classes("govuk-pagination__item", isCurrent ? "govuk-pagination__item--current" : null),
            Markup.Element("a", "govuk-link govuk-pagination__link", text)
                .With("href", Address(number))
                .With("aria-label", $"Page {text}")
                .With("aria-current", isCurrent ? "page" : null));
    }

    private static IHtmlContent Step(string direction, string href, string text)
    {
        var title = Markup.Element("span", "govuk-pagination__link-title", text, Markup.Hidden(" page"));
        var link = Markup.Element(
                "a",
                "govuk-link govuk-pagination__link",
                direction == "prev" ? [Arrow(direction), title] : [title, Arrow(direction)])
            .With("href", href)
            .With("rel", direction);
        return Markup.Element("div", $"govuk-pagination__{direction}", link);
    }

    private static TagBuilder Arrow(string direction) =>
        Markup.Element(
                "svg",
                $"govuk-pagination__icon govuk-pagination__icon--{direction}",
                Markup.Element("path", null).With("d", direction == "prev"
                    ? "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"
                    : "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"))
            .With("xmlns", "http://www.w3.org/2000/svg")
            .With("height", "13")
            .With("width", "15")
            .With("aria-hidden", "true")
            .With("focusable", "false")
            .With("viewBox", "0 0 15 13");

    private string Address(int page)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query
            .Where(parameter => !string.Equals(parameter.Key, QueryName, StringComparison.OrdinalIgnoreCase))
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? "")))
        {
            { QueryName, page.ToString(CultureInfo.InvariantCulture) },
        };
        return $"{request.PathBase}{request.Path}{query}";
    }
}
