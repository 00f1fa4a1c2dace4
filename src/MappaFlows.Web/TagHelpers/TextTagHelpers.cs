using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>A status in a word: <c>&lt;govuk-tag colour="red"&gt;Overdue&lt;/govuk-tag&gt;</c>.</summary>
[HtmlTargetElement("govuk-tag")]
public sealed class TagTagHelper : TagHelper
{
    /// <summary>grey, green, turquoise, blue, purple, pink, red, orange, yellow; null for the default blue.</summary>
    public string? Colour { get; set => field = Markup.Given(value); }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Becomes("strong", "govuk-tag", Colour is null ? null : $"govuk-tag--{Colour}");
}

/// <summary>Text set apart from the text around it.</summary>
[HtmlTargetElement("govuk-inset-text")]
public sealed class InsetTextTagHelper : TagHelper
{
    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Becomes("div", "govuk-inset-text");
}

/// <summary>A warning of a consequence, legal or other.</summary>
[HtmlTargetElement("govuk-warning-text")]
public sealed class WarningTextTagHelper : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Becomes("div", "govuk-warning-text");
        output.Content
            .SetHtmlContent(Markup.Element("span", "govuk-warning-text__icon", "!").With("aria-hidden", "true"))
            .AppendHtml(Markup.Element("strong", "govuk-warning-text__text", Markup.Hidden("Warning"), " ", text));
    }
}

/// <summary>Text that opens when asked for.</summary>
[HtmlTargetElement("govuk-details")]
public sealed class DetailsTagHelper : TagHelper
{
    /// <summary>A page that sets this to true in its view data shows all such text opened: to be printed.</summary>
    public const string OpenAll = "OpenDetails";

    /// <summary>What is clicked to open it.</summary>
    public string Summary { get; set; } = "";

    /// <summary>The view in which it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? View { get; set; }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.Becomes("details", "govuk-details");
        if (View?.ViewData[OpenAll] is true) output.Attributes.SetAttribute("open", "open");
        output.Content
            .SetHtmlContent(Markup.Element("summary", "govuk-details__summary", Markup.Element("span", "govuk-details__summary-text", Summary)))
            .AppendHtml(Markup.Element("div", "govuk-details__text", text));
    }
}

/// <summary>The panel of a confirmation page. Its title is the page's heading.</summary>
[HtmlTargetElement("govuk-panel")]
public sealed class PanelTagHelper : TagHelper
{
    /// <summary>What was done.</summary>
    public string Title { get; set; } = "";

    /// <summary>The level of the heading, 1 to 6.</summary>
    public int HeadingLevel { get; set; } = 1;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var body = await output.GetChildContentAsync();
        output.Becomes("div", "govuk-panel", "govuk-panel--confirmation");
        output.Content.SetHtmlContent(Markup.Element($"h{HeadingLevel}", "govuk-panel__title", Title));
        if (!body.IsBlank())
            output.Content.AppendHtml(Markup.Element("div", "govuk-panel__body", body));
    }
}

/// <summary>Something the reader should know before all else; with <c>success</c>, that something they did is done.</summary>
[HtmlTargetElement("govuk-notification-banner")]
public sealed class NotificationBannerTagHelper : TagHelper
{
    /// <summary>Whether it reports success.</summary>
    public bool Success { get; set; }

    /// <summary>The title; by default "Success" or "Important".</summary>
    public string? Title { get; set => field = Markup.Given(value); }

    /// <summary>A heading; what stands in the tag follows it.</summary>
    public string? Heading { get; set => field = Markup.Given(value); }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        const string titleId = "govuk-notification-banner-title";
        var body = await output.GetChildContentAsync();
        output.Becomes("div", "govuk-notification-banner", Success ? "govuk-notification-banner--success" : null);
        output.Attributes.SetAttribute("role", Success ? "alert" : "region");
        output.Attributes.SetAttribute("aria-labelledby", titleId);
        output.Attributes.SetAttribute("data-module", "govuk-notification-banner");
        var title = Markup.Element("h2", "govuk-notification-banner__title", Title ?? (Success ? "Success" : "Important")).With("id", titleId);
        var heading = Heading is null ? null : Markup.Element("p", "govuk-notification-banner__heading", Heading);
        output.Content
            .SetHtmlContent(Markup.Element("div", "govuk-notification-banner__header", title))
            .AppendHtml(Markup.Element("div", "govuk-notification-banner__content", heading, body));
    }
}
