using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>What happened, newest or oldest first as its items stand: MoJ's timeline.</summary>
[HtmlTargetElement("moj-timeline")]
[RestrictChildren("moj-timeline-item")]
public sealed class TimelineTagHelper : TagHelper
{
    /// <summary>The level of the items' headings, 1 to 6.</summary>
    public int HeadingLevel { get; set; } = 2;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(TimelineTagHelper)] = this;
        var items = await output.GetChildContentAsync();
        output.Becomes("div", "moj-timeline");
        output.Content.SetHtmlContent(items);
    }
}

/// <summary>One thing that happened; what stands in the tag describes it.</summary>
[HtmlTargetElement("moj-timeline-item", ParentTag = "moj-timeline")]
public sealed class TimelineItemTagHelper : TagHelper
{
    /// <summary>What happened, in a few words.</summary>
    public string Title { get; set; } = "";

    /// <summary>Who did it; null where the clock did.</summary>
    public string? By { get; set => field = Markup.Given(value); }

    /// <summary>When; shown in UK time.</summary>
    public DateTimeOffset When { get; set; }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var level = ((TimelineTagHelper)context.Items[typeof(TimelineTagHelper)]).HeadingLevel;
        var text = await output.GetChildContentAsync();
        output.Becomes("div", "moj-timeline__item");
        output.Content
            .SetHtmlContent(Markup.Element(
                "div",
                "moj-timeline__header",
                Markup.Element($"h{level}", "moj-timeline__title", Title),
                " ",
                string.IsNullOrEmpty(By) ? null : Markup.Element("p", "moj-timeline__byline", $"by {By}")))
            .AppendHtml(Markup.Element(
                "p",
                "moj-timeline__date",
                Markup.Element("time", null, UkTime.DateAndTime(When)).With("datetime",
                    When.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))))
            .AppendHtml(Markup.Element("div", "moj-timeline__description", text));
    }
}
