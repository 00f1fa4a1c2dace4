using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MappaFlows.Web.TagHelpers;

/// <summary>Keys and values, for example what was answered; with <c>card</c>, in a card with that title.</summary>
[HtmlTargetElement("govuk-summary-list")]
[RestrictChildren("govuk-summary-row", "govuk-summary-card-action")]
public sealed class SummaryListTagHelper : TagHelper
{
    /// <summary>The title of the card; null for no card.</summary>
    public string? Card { get; set => field = Markup.Given(value); }

    /// <summary>The level of the card's heading, 1 to 6.</summary>
    public int HeadingLevel { get; set; } = 2;

    /// <summary>Whether lines divide the rows.</summary>
    public bool Border { get; set; } = true;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var summary = new Summary();
        context.Items[typeof(Summary)] = summary;
        await output.GetChildContentAsync();

        var list = Markup.Element("dl", Markup.Classes("govuk-summary-list", Border ? null : "govuk-summary-list--no-border"), [.. summary.Write()]);
        if (Card is null)
        {
            output.Becomes("dl", "govuk-summary-list", Border ? null : "govuk-summary-list--no-border");
            output.Content.SetHtmlContent(list.InnerHtml);
            return;
        }

        output.Becomes("div", "govuk-summary-card");
        output.Content
            .SetHtmlContent(Markup.Element(
                "div",
                "govuk-summary-card__title-wrapper",
                Markup.Element($"h{HeadingLevel}", "govuk-summary-card__title", Card),
                summary.WriteCardActions(Card)))
            .AppendHtml(Markup.Element("div", "govuk-summary-card__content", list));
    }
}

/// <summary>A row of a summary list; what stands in the tag is its value.</summary>
[HtmlTargetElement("govuk-summary-row", ParentTag = "govuk-summary-list")]
public sealed class SummaryRowTagHelper : TagHelper
{
    /// <summary>What the value is of.</summary>
    public string Key { get; set; } = "";

    /// <summary>Where the value can be changed; null where it cannot.</summary>
    public string? ChangeHref { get; set => field = Markup.Given(value); }

    /// <summary>What the link says to the eye.</summary>
    public string ChangeText { get; set; } = "Change";

    /// <summary>What the link adds for a screen reader; by default the key in lower case.</summary>
    public string? ChangeHiddenText { get; set => field = Markup.Given(value); }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var value = await output.GetChildContentAsync();
        var action = ChangeHref is null ? null : new SummaryAction(ChangeHref, ChangeText, ChangeHiddenText ?? LowerFirst(Key));
        ((Summary)context.Items[typeof(Summary)]).Rows.Add(new SummaryRow(Key, value, action));
        output.SuppressOutput();
    }

    // "Date of birth" reads "date of birth" within a sentence, "NPS area" stays.
    private static string LowerFirst(string text) =>
        text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}

/// <summary>A link in the title of a summary card.</summary>
[HtmlTargetElement("govuk-summary-card-action", ParentTag = "govuk-summary-list")]
public sealed class SummaryCardActionTagHelper : TagHelper
{
    /// <summary>Where it leads.</summary>
    public string Href { get; set; } = "";

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = (await output.GetChildContentAsync()).GetContent().Trim();
        ((Summary)context.Items[typeof(Summary)]).CardActions.Add(new SummaryAction(Href, text, null));
        output.SuppressOutput();
    }
}

/// <summary>The rows of a summary list.</summary>
internal sealed class Summary
{
    public List<SummaryRow> Rows { get; } = [];

    public List<SummaryAction> CardActions { get; } = [];

    public IEnumerable<IHtmlContent> Write()
    {
        // Where one row has a link and another none, the other is marked, so that columns still line up.
        var someHaveLinks = Rows.Any(row => row.Action is not null);
        return Rows.Select(row => Markup.Element(
            "div",
            Markup.Classes("govuk-summary-list__row", someHaveLinks && row.Action is null ? "govuk-summary-list__row--no-actions" : null),
            Markup.Element("dt", "govuk-summary-list__key", row.Key),
            Markup.Element("dd", "govuk-summary-list__value", row.Value),
            row.Action is null ? null : Markup.Element("dd", "govuk-summary-list__actions", Link(row.Action, row.Action.HiddenText))));
    }

    public IHtmlContent? WriteCardActions(string card) => CardActions switch
    {
        [] => null,
        [var only] => Markup.Element("div", "govuk-summary-card__actions", Link(only, $"({card})")),
        _ => Markup.Element(
            "ul",
            "govuk-summary-card__actions",
            [.. CardActions.Select(action => Markup.Element("li", "govuk-summary-card__action", Link(action, $"({card})")))]),
    };

    private static IHtmlContent Link(SummaryAction action, string? hidden) =>
        Markup.Element("a", "govuk-link", action.Text, hidden is null ? null : Markup.Hidden($" {hidden}")).With("href", action.Href);
}

internal sealed record SummaryRow(string Key, IHtmlContent Value, SummaryAction? Action);

internal sealed record SummaryAction(string Href, string Text, string? HiddenText);
