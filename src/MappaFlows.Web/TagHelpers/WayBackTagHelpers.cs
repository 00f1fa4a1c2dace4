using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>The link back to the page before. It belongs into the layout's section <c>BeforeContent</c>.</summary>
[HtmlTargetElement("govuk-back-link")]
public sealed class BackLinkTagHelper : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Becomes("a", "govuk-back-link");
        if (text.IsBlank())
            output.Content.SetContent("Back");
        else
            output.Content.SetHtmlContent(text);
    }
}

/// <summary>The way from the start to this page, in the layout's section <c>BeforeContent</c>.</summary>
[HtmlTargetElement("govuk-breadcrumbs")]
[RestrictChildren("govuk-breadcrumb")]
public sealed class BreadcrumbsTagHelper : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        output.Becomes("nav", "govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile");
        output.Attributes.SetAttribute("aria-label", "Breadcrumb");
        output.Content.SetHtmlContent(Markup.Element("ol", "govuk-breadcrumbs__list", items));
    }
}

/// <summary>A page on the way; the last one, which is shown, has no <c>href</c>.</summary>
[HtmlTargetElement("govuk-breadcrumb", ParentTag = "govuk-breadcrumbs")]
public sealed class BreadcrumbTagHelper : TagHelper
{
    /// <summary>Where it leads; null for the current page.</summary>
    public string? Href { get; set => field = Markup.Given(value); }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        IHtmlContent text = await output.GetChildContentAsync();
        output.Becomes("li", "govuk-breadcrumbs__list-item");
        if (Href is null)
            output.Attributes.SetAttribute("aria-current", "page");
        else
            text = Markup.Element("a", "govuk-breadcrumbs__link", text).With("href", Href);
        output.Content.SetHtmlContent(text);
    }
}
