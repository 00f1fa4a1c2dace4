using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>A button that submits, or with <c>href</c> a link that looks like one.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class ButtonTagHelper : TagHelper
{
    /// <summary>Where it leads; null for a button that submits its form.</summary>
    public string? Href { get; set => field = Markup.Given(value); }

    /// <summary>secondary, warning or inverse; null for the page's main button.</summary>
    public string? Variant { get; set => field = Markup.Given(value); }

    /// <summary>Whether it starts a journey.</summary>
    public bool Start { get; set; }

    /// <summary>
    /// Whether a second click within a second does nothing. On by default: the server copes with doubles, and need not be asked to.
    /// </summary>
    public bool PreventDoubleClick { get; set; } = true;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Becomes(
            Href is null ? "button" : "a",
            "govuk-button",
            Variant is null ? null : $"govuk-button--{Variant}",
            Start ? "govuk-button--start" : null);
        output.Attributes.SetAttribute("data-module", "govuk-button");
        if (Href is null)
        {
            if (!output.Attributes.ContainsName("type"))
                output.Attributes.SetAttribute("type", "submit");
            if (PreventDoubleClick)
                output.Attributes.SetAttribute("data-prevent-double-click", "true");
        }
        else
        {
            output.Attributes.SetAttribute("href", Href);
            output.Attributes.SetAttribute("role", "button");
            output.Attributes.SetAttribute("draggable", "false");
        }

        output.Content.SetHtmlContent(content);
        if (Start)
            output.Content.AppendHtml(Arrow);
    }

    private static readonly IHtmlContent Arrow = Markup.Element(
            "svg",
            "govuk-button__start-icon",
            Markup.Element("path", null).With("fill", "currentColor").With("d", "M0 0h13l20 20-20 20H0l20-20z"))
        .With("xmlns", "http://www.w3.org/2000/svg")
        .With("width", "17.5")
        .With("height", "19")
        .With("viewBox", "0 0 33 40")
        .With("aria-hidden", "true")
        .With("focusable", "false");
}
