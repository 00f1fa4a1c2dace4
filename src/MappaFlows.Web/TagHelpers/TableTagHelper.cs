using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>
/// A table: <c>&lt;table govuk caption="Cases"&gt;</c>. Its rows and cells are plain HTML, and get their classes from it.
/// </summary>
[HtmlTargetElement("table", Attributes = "govuk")]
public sealed class TableTagHelper : TagHelper
{
    /// <summary>The caption; every table needs one, if only for screen readers.</summary>
    public string? Caption { get; set => field = Markup.Given(value); }

    /// <summary>How large the caption is: s, m, l or xl; "hidden" for screen readers only.</summary>
    public string CaptionSize { get; set; } = "m";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(TableTagHelper)] = this;
        var rows = await output.GetChildContentAsync();
        output.Attributes.RemoveAll("govuk");
        output.Becomes("table", "govuk-table");
        if (Caption is not null)
        {
            var size = CaptionSize == "hidden" ? "govuk-visually-hidden" : $"govuk-table__caption--{CaptionSize}";
            output.Content.AppendHtml(Markup.Element("caption", Markup.Classes("govuk-table__caption", size), Caption));
        }

        output.Content.AppendHtml(rows);
    }
}

/// <summary>The parts of a <see cref="TableTagHelper"/>. Parts of any other table stay as they are.</summary>
[HtmlTargetElement("thead")]
[HtmlTargetElement("tbody")]
[HtmlTargetElement("tr")]
[HtmlTargetElement("th")]
[HtmlTargetElement("td")]
public sealed class TablePartTagHelper : TagHelper
{
    /// <summary>Whether the cell holds a number, which stands to the right.</summary>
    public bool Numeric { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.ContainsKey(typeof(TableTagHelper)))
            return;

        var part = output.TagName switch
        {
            "thead" => "head",
            "tbody" => "body",
            "tr" => "row",
            "th" => "header",
            _ => "cell",
        };
        output.Becomes(output.TagName!, $"govuk-table__{part}", Numeric ? $"govuk-table__{part}--numeric" : null);
        if (part == "header" && !output.Attributes.ContainsName("scope"))
            output.Attributes.SetAttribute("scope", "col");
    }
}
